import Foundation
import Testing

@testable import careinit

@Suite struct ComposeFileTests {
    private struct Rendered {
        var text: String
        var plan: StackPlan

        init(state: String = "s", byHand: Bool = true, settings: StackSettings = .production()) throws {
            let folder = TemporaryFolder()
            let fixture = try StackFixture(state: "\(folder.path)/\(state)", settings: settings)
            plan = try fixture.containers(output: byHand ? "." : nil).plan()
            text = String(
                decoding: try ComposeFile(project: fixture.project, isByHand: byHand).render(plan.services),
                as: UTF8.self)
        }

        /// The lines of a service.
        func part(_ service: String) -> String {
            let start = text.range(of: "\n  \(service):\n")?.upperBound ?? text.endIndex
            let rest = text[start...]
            return String(rest[..<(rest.range(of: "\n\n")?.lowerBound ?? rest.endIndex)])
        }
    }

    @Test func `no secret stands in it`() throws {
        let rendered = try Rendered()
        #expect(!rendered.text.contains(StackFixture.password))
        #expect(rendered.plan.files.contains { $0.holdsSecret })
    }

    @Test
    func `every service is read-only, without capabilities and privileges, with limits, rotation and a check`()
        throws
    {
        let rendered = try Rendered()
        let shared = rendered.text.prefix(upTo: try #require(rendered.text.range(of: "\nservices:\n")).lowerBound)
        for line in [
            "read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "max-size: 10m", "init: true",
        ] {
            #expect(shared.contains(line), "\(line)")
        }
        for service in rendered.plan.services {
            let part = rendered.part(service.name)
            for words in [
                "<<: *service", "healthcheck:", "limits: {cpus:", "memory: ", "stop_grace_period: ",
                "ipv4_address",
            ] {
                #expect(part.contains(words), "\(service.name) lacks \(words)")
            }
            #expect(!part.contains("user: \"0"), "\(service.name)")
        }
        // More than the time that a replica may take.
        #expect(rendered.part("app-1").contains("stop_grace_period: 45s"))
    }

    @Test func `by hand, what a service needs is healthy first; careinit itself keeps the order`() throws {
        let byHand = try Rendered()
        #expect(byHand.part("app-2").contains("pg-3: {condition: service_healthy}"))
        #expect(byHand.part("nginx").contains("app-1: {condition: service_healthy}"))
        #expect(byHand.part("grafana").contains("profiles: [grafana]"))
        #expect(!(try Rendered(byHand: false)).text.contains("depends_on"))
    }

    @Test func `a dollar in a folder's name is not taken for a variable`() throws {
        let text = try Rendered(state: "a$HOME", byHand: false).text
        #expect(text.contains("a$$HOME/generations"))
        let isEscaped = text.split(separator: "$$").allSatisfy { !$0.contains("$") }
        #expect(isEscaped)
    }

    @Test func `two folders have two projects`() {
        let projects = ["/a/.careinit", "/b/.careinit"].map {
            Project(environmentFile: "/x/.env", stateDirectory: $0).composeName
        }
        #expect(projects[0] != projects[1] && projects.allSatisfy { $0.count == "carenotes-".count + 8 })
    }

    @Test(.enabled(if: hasCompose, "Docker Compose v2 is not installed"))
    func `Docker Compose reads it without a word`() throws {
        for byHand in [true, false] {
            let rendered = try Rendered(byHand: byHand)
            let output = try Docker.subprocess(
                ["compose", "--file", "-", "config", "--quiet"], input: Array(rendered.text.utf8)
            ).run()
            #expect(output.succeeded && output.errorText.isEmpty && output.text.isEmpty, "\(output.errorText)")
        }
    }

    private static let hasCompose =
        (try? Docker.subprocess(["compose", "version"]).run().succeeded) == true
}
