import Testing

@testable import careinit

@Suite struct ServiceUnitTests {
    private func unit(
        _ folder: String = "/srv/care notes", runtime: RuntimeKind = .native, user: String? = nil
    ) -> ServiceUnit {
        ServiceUnit(
            name: "careinit.service",
            project: Project(environmentFile: "\(folder)/.env", stateDirectory: "\(folder)/.careinit"),
            program: "/usr/bin/env", runtime: runtime, user: user)
    }

    private func text(_ unit: ServiceUnit) throws -> String { String(decoding: try unit.render(), as: UTF8.self) }

    @Test(arguments: RuntimeKind.allCases, [nil, "nobody"])
    func `systemd-analyze finds nothing in it`(runtime: RuntimeKind, user: String?) throws {
        let unit = unit(runtime: runtime, user: user)
        try Systemd().verify(try unit.render(), name: unit.name)
    }

    @Test func `systemd-analyze refuses what is no setting`() throws {
        let bytes = Array(
            try text(unit()).replacing("OOMPolicy=continue", with: "OOMPolicy=never\nOomPolicy=1").utf8)
        let failure = #expect(throws: CommandFailure.self) {
            try Systemd().verify(bytes, name: "careinit.service")
        }
        #expect(failure?.exitCode == .configuration)
        #expect(failure?.why?.contains("OomPolicy") == true, "\(String(describing: failure))")
    }

    @Test func `systemd watches supervisord, and containers are the engine's to watch`() throws {
        let native = try text(unit())
        #expect(native.contains("\nType=forking\nPIDFile=/srv/care notes/.careinit/run/supervisord.pid\n"))
        let compose = try text(unit(runtime: .compose))
        #expect(compose.contains("\nType=oneshot\nRemainAfterExit=yes\n") && !compose.contains("PIDFile="))
        #expect(compose.contains("\nRequires=docker.service\nAfter=docker.service\n"))
        #expect(
            compose.contains(
                " up --no-input --timeout 300 --env-file \"/srv/care notes/.env\" --runtime compose\n"))
        // How it was started is known.
        #expect(compose.contains("\nExecStop=\"/usr/bin/env\" down --env-file \"/srv/care notes/.env\"\n"))
    }

    @Test func `another user runs it without any right of root's`() throws {
        let text = try text(unit(user: "nobody"))
        #expect(text.contains("\nUser=nobody\n") && text.contains("\nCapabilityBoundingSet=\n"))
    }

    @Test(arguments: [
        ("/srv/notes", true, true), ("/home/anna/notes", false, true), ("/root", false, true),
        ("/tmp/notes", true, false),
        ("/homes/notes", true, true),
    ])
    func `folders that it needs are not hidden from it`(folder: String, hidesHome: Bool, hasOwnTmp: Bool) throws {
        let text = try text(unit(folder))
        #expect(text.contains("\nProtectHome=yes\n") == hidesHome)
        #expect(text.contains("\nPrivateTmp=yes\n") == hasOwnTmp)
    }

    @Test func `a certificate below /home is not hidden from it`() throws {
        var unit = unit()
        unit.reads = ["/home/anna/certs/privkey.pem"]
        #expect(!(try text(unit)).contains("ProtectHome=yes"))
    }

    @Test func `a folder that a line cannot hold is refused`() {
        #expect(throws: TemplateFault.self) { try unit("/srv/a\nUser=x").render() }
    }
}
