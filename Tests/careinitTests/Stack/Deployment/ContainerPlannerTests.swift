import Foundation
import Testing

@testable import careinit

/// One plan, shown in two ways.
@Suite struct ContainerPlannerTests {
    private static func plans(
        _ settings: StackSettings = .production()
    ) throws -> (native: StackPlan, containers: StackPlan) {
        let folder = TemporaryFolder()
        let fixture = try StackFixture(state: "\(folder.path)/s", settings: settings)
        return (try fixture.plan(), try fixture.containers().plan())
    }

    @Test func `containers run the same services in the same order, and Grafana and the Redis exporter`() throws {
        let (native, containers) = try Self.plans()
        let added: Set = ["redis-exporter", "grafana"]
        #expect(
            containers.services.map(\.name).filter { !added.contains($0) }
                == native.services.map(\.name).filter { !added.contains($0) })
        #expect(added.isSubset(of: containers.services.map(\.name)))
    }

    @Test func `a process of this machine has no container, also in what is written down of it`() throws {
        let (native, _) = try Self.plans()
        #expect(native.services.allSatisfy { $0.container == nil })
        let json = try JSONEncoder().encode(native.services)
        #expect(!String(decoding: json, as: UTF8.self).contains("container"))
    }

    @Test func `each container sees its own files, or those of all that only their own users may read`() throws {
        let (_, plan) = try Self.plans()
        for service in plan.services {
            let container = try #require(service.container, "\(service.name)")
            #expect(service.user == nil && container.user > 0 && !container.image.isEmpty)
            for file in plan.files where file.path.hasPrefix("\(service.name)/") {
                #expect(file.owner == "\(container.user)", "\(file.path)")
            }
            let sources = container.mounts.map(\.source)
            switch service.name {
            case "nginx", "node-exporter", "redis", "pg-1", "pg-2", "pg-3", "app-1", "app-2", "app-3":
                #expect(sources[0].hasSuffix("/generations"))
            default: #expect(sources.count == 1 && sources[0].hasSuffix("/generations/1/\(service.name)"))
            }
        }
    }

    @Test func `no path of this machine stands in a file, a command or an environment`() throws {
        let (_, plan) = try Self.plans()
        for service in plan.services {
            let words = service.command + service.environment.values + (service.container?.healthTest ?? [])
            #expect(!words.contains { $0.contains("/tmp/") && $0.contains("/s/") }, "\(service.name)")
        }
        for file in plan.files {
            #expect(!String(decoding: file.contents, as: UTF8.self).contains("/s/generations/"), "\(file.path)")
        }
        #expect(plan.folders.allSatisfy { $0.path.contains("/s") })
    }

    @Test func `only what is published could meet another program of this machine`() throws {
        let (_, plan) = try Self.plans()
        let published = plan.services.filter { !$0.hostListeners.isEmpty }.map(\.name)
        #expect(published.sorted() == ["alertmanager", "grafana", "nginx", "prometheus"])
        for service in plan.services where service.name != "nginx" {
            #expect(service.hostListeners.allSatisfy { $0.address == "127.0.0.1" })
        }
    }

    @Test
    func `rendered files are checked in a container of the service's own image, with nothing else to be had`()
        throws
    {
        let (_, plan) = try Self.plans()
        #expect(plan.checks.map(\.service).sorted() == ["alertmanager", "nginx", "prometheus"])
        for check in plan.checks {
            let image = try #require(plan.services.first { $0.name == check.service }?.container?.image)
            #expect(check.command.starts(with: ["docker", "run", "--rm", "--network", "none", "--read-only"]))
            #expect(check.command.contains(image) && !check.command.contains("--privileged"))
            #expect(check.command.contains { $0.contains("/generations/1/\(check.service),target=") })
        }
    }

    @Test func `the members take connections of the private network, and of nobody else`() throws {
        let (_, plan) = try Self.plans()
        let file = try #require(plan.files.first { $0.path == "pg-1/patroni.yml" })
        let text = String(decoding: file.contents, as: UTF8.self)
        #expect(text.contains("host replication replicator 10.213.7.0/24 scram-sha-256"))
        #expect(!text.contains("127.0.0") && !text.contains("samehost"))
    }

    @Test func `files that are only rendered are mounted from beside the Compose file`() throws {
        let folder = TemporaryFolder()
        let fixture = try StackFixture(state: "\(folder.path)/s")
        let plan = try fixture.containers(output: ".").plan()
        for service in plan.services where service.name != "node-exporter" {
            #expect(service.container?.mounts.allSatisfy { $0.source.hasPrefix("./") } == true, "\(service.name)")
        }
    }
}
