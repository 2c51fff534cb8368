import Testing

@testable import careinit

@Suite struct NginxPlanTests {
    private let folder = TemporaryFolder()

    private func configuration(
        _ settings: StackSettings = .local(), change: (inout HostFacts) -> Void = { _ in }
    ) throws -> String {
        var fixture = try StackFixture(state: "\(folder.path)/s", settings: settings)
        change(&fixture.host)
        let file = try #require(try fixture.plan().files.first { $0.path == "nginx/nginx.conf" })
        return String(decoding: file.contents, as: UTF8.self)
    }

    @Test(arguments: [
        (nil, "X25519:prime256v1:secp384r1"), (ProgramVersion(3, 0, 19), "X25519:prime256v1:secp384r1"),
        (ProgramVersion(3, 5), "X25519MLKEM768:X25519:prime256v1:secp384r1"),
        (ProgramVersion(4), "X25519MLKEM768:X25519:prime256v1:secp384r1"),
    ])
    func `the hybrid group is named where nginx' OpenSSL knows it`(version: ProgramVersion?, groups: String) throws
    {
        let text = try configuration { $0.programs[.nginx]?.openSSL = version }
        #expect(text.contains("        ssl_ecdh_curve \(groups);\n"))
    }

    @Test func `browsers are bound to TLS for a public name, and not for localhost`() throws {
        let header = "        add_header Strict-Transport-Security \"max-age=63072000\" always;\n"
        #expect(try configuration(.production()).contains(header))
        #expect(try !configuration().contains("Strict-Transport-Security"))
    }

    @Test(arguments: [(true, 80, true), (true, 8080, false), (false, 80, false)])
    func `root lets it keep the right to open a port below 1024, where it needs it`(
        isRoot: Bool, port: UInt16, keeps: Bool
    ) throws {
        var settings = StackSettings.local()
        settings.web.httpPort = port
        var fixture = try StackFixture(state: "\(folder.path)/s", settings: settings)
        fixture.host.isRoot = isRoot
        fixture.host.unprivilegedPortStart = 1024
        let plan = try fixture.plan()
        let nginx = try #require(plan.services.first { $0.name == "nginx" })
        #expect(nginx.capability == (keeps ? "net_bind_service" : nil))
        #expect(plan.services.filter { $0.capability != nil }.count == (keeps ? 1 : 0))
        let supervisor = SupervisorConfiguration(project: fixture.project, isRoot: isRoot)
        let text = String(decoding: try supervisor.render([nginx]), as: UTF8.self)
        #expect(text.contains("\nuser=www-data\n") == (isRoot && !keeps))
        #expect(text.contains("--ambient-caps -all,+net_bind_service") == keeps)
    }

    @Test func `one worker holds 10,000 clients and what they ask carenotes, within its descriptors`() throws {
        let text = try configuration()
        func number(_ name: String) throws -> Int {
            let line = try #require(text.split(separator: "\n").first { $0.contains("\(name) ") })
            return try #require(Int(line.filter(\.isNumber)))
        }
        let connections = try number("worker_connections")
        #expect(connections >= 15_000)
        #expect(try number("worker_rlimit_nofile") > connections)
        #expect(try UInt64(number("worker_rlimit_nofile")) == HostLimits.openFiles)
    }

    /// Its own answer says that it runs with some OpenSSL, which Debian's does in every release.
    @Test func `this machine's nginx says what it runs with`() throws {
        let version = try #require(try StackFixture(state: "\(folder.path)/s").host.openSSL(.nginx))
        #expect(version >= ProgramVersion(1, 1, 1))
    }
}
