import Foundation
import Testing

@testable import careinit

@Suite("The plan of a stack")
struct StackPlannerTests {
    enum Profile: String, CaseIterable, Sendable {
        case local
        case production

        var settings: StackSettings { self == .local ? .local() : .production() }
    }

    @Test("is accepted by every service's own checker", arguments: Profile.allCases)
    func checkers(_ profile: Profile) throws {
        try withTemporaryFolder { folder in
            let fixture = try StackFixture(state: "\(folder)/state with space", settings: profile.settings)
            let plan = try fixture.plan()
            var tree = FileTree()
            for planned in plan.folders { try tree.makeFolder(planned) }
            let store = GenerationStore(project: fixture.project)
            try store.write(plan.files, as: plan.generation)
            #expect(plan.checks.map(\.service).sorted() == ["alertmanager", "nginx", "prometheus"])
            try ConfigurationChecks(plan: plan, generationFolder: store.path(1)).run()
        }
    }

    @Test("is the same for the same values")
    func purity() throws {
        try withTemporaryFolder { folder in
            let fixture = try StackFixture(state: "\(folder)/s")
            #expect(try fixture.plan() == fixture.plan())
        }
    }

    @Test("starts stores, database, application, web and monitoring in this order")
    func order() throws {
        try withTemporaryFolder { folder in
            let plan = try StackFixture(state: "\(folder)/s").plan()
            let names = plan.services.map(\.name)
            #expect(
                names == [
                    "etcd", "redis", "pg-1", "pg-2", "pg-3", "app-1", "app-2", "app-3", "nginx", "prometheus",
                    "alertmanager", "node-exporter", "pg-exporter-1", "pg-exporter-2", "pg-exporter-3",
                ])
            #expect(plan.omissions.map(\.service) == ["grafana"])
            let app = try #require(plan.services.first { $0.name == "app-1" })
            #expect(app.stopTimeout == 45)
        }
    }

    @Test("ends a leader that outlived its Patroni, before Patroni 4 only", arguments: [(3, true), (4, false)])
    func start(_ major: Int, _ ends: Bool) throws {
        try withTemporaryFolder { folder in
            let plan = try StackFixture(state: "\(folder)/a state", patroni: ProgramVersion(major)).plan()
            let script = try text(plan, "pg-2/start.sh")
            #expect(script.contains("--mode=immediate") == ends)
            let check = try Subprocess(arguments: ["sh", "-n", "/dev/stdin"], input: Array(script.utf8)).run()
            #expect(check.succeeded, "\(check.errorText)")
        }
    }

    @Test(
        "launches Patroni by a program that mends its lead, before 3.0.3 only",
        arguments: [
            (ProgramVersion(3, 0, 2), true), (ProgramVersion(3, 0, 3), false), (ProgramVersion(4, 0, 7), false),
        ])
    func launcher(_ version: ProgramVersion, _ isLaunched: Bool) throws {
        try withTemporaryFolder { folder in
            let plan = try StackFixture(state: "\(folder)/a state", patroni: version).plan()
            for member in ["pg-1", "pg-2", "pg-3"] {
                #expect(try text(plan, "\(member)/start.sh").contains("/\(member)/launch.py") == isLaunched)
                #expect(plan.files.contains { $0.path == "\(member)/launch.py" } == isLaunched)
            }
        }
    }

    @Test("synchronous_mode is quorum only from Patroni 4 on", arguments: [(3, "true"), (4, "quorum")])
    func synchronousMode(_ major: Int, _ mode: String) throws {
        try withTemporaryFolder { folder in
            let plan = try StackFixture(state: "\(folder)/s", patroni: ProgramVersion(major)).plan()
            for member in 1...3 {
                #expect(try text(plan, "pg-\(member)/patroni.yml").contains("synchronous_mode: \(mode)\n"))
            }
        }
    }

    @Test("no secret stands in a command, an environment, or a file that does not need it")
    func secrecy() throws {
        try withTemporaryFolder { folder in
            let plan = try StackFixture(state: "\(folder)/s", settings: .production()).plan()
            let canary = StackFixture.password
            for service in plan.services {
                let words = service.command + service.environment.map { "\($0.key)=\($0.value)" }
                #expect(!words.contains { $0.contains(canary) }, "\(service.name)")
            }
            for file in plan.files where !file.holdsSecret {
                #expect(!String(decoding: file.contents, as: UTF8.self).contains(canary), "\(file.path)")
            }
            #expect(plan.files.allSatisfy { $0.mode == 0o600 })
            for path in ["pg-1/post-init.sql", "redis/users.acl"] {
                #expect(!(try text(plan, path)).contains(canary), "\(path)")
            }
        }
    }

    @Test("under root every service has a user of its own, and files belong to it")
    func users() throws {
        try withTemporaryFolder { folder in
            var fixture = try StackFixture(state: "\(folder)/s")
            fixture.host.isRoot = true
            let plan = try fixture.plan()
            #expect(plan.services.allSatisfy { $0.user != nil })
            for service in plan.services {
                for file in plan.files where file.path.hasPrefix("\(service.name)/") {
                    #expect(file.owner == service.user, "\(file.path)")
                }
            }
            let supervisor = SupervisorConfiguration(project: fixture.project, isRoot: true)
            let text = String(decoding: try supervisor.render(plan.services), as: UTF8.self)
            #expect(text.contains("user=www-data\n") && text.contains("autostart=false\n"))
        }
    }

    @Test("a folder whose name a configuration cannot carry is refused", arguments: ["100%", "a$b", "a\"b"])
    func folderNames(_ name: String) throws {
        try withTemporaryFolder { folder in
            let fixture = try StackFixture(state: "\(folder)/\(name)")
            #expect(throws: TemplateFault.self) { try fixture.plan() }
        }
    }

    @Test("loads exactly the alert rules that the runbooks name, and more")
    func alerts() throws {
        try withTemporaryFolder { folder in
            let rules = try text(try StackFixture(state: "\(folder)/s").plan(), "prometheus/alerts.yml")
            for name in [
                "ApplicationInstanceDown", "MultipleInstancesDown", "DatabaseDown", "HighMemoryUsage",
                "HighCPULoad",
                "DiskSpaceLow", "DiskSpaceCritical", "ReplicationLag", "TooManyConnections",
                "CertificateDue", "CertificateExpiresSoon", "CertificateMetricMissing",
            ] { #expect(rules.contains("- alert: \(name)\n"), "\(name)") }
        }
    }

    private func text(_ plan: StackPlan, _ path: String) throws -> String {
        let file = try #require(plan.files.first { $0.path == path })
        return String(decoding: file.contents, as: UTF8.self)
    }
}
