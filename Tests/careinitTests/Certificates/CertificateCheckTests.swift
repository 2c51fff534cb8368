import Certs
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct ServerAddressTests {
    @Test(arguments: [
        ("care.example", "care.example", UInt16(443)), ("care.example:8443", "care.example", 8443),
        ("https://care.example:8443/x", "care.example", 8443), ("[::1]:8443", "::1", 8443), ("[::1]", "::1", 443),
        ("127.0.0.1:1", "127.0.0.1", 1),
    ])
    func `servers are read as people write them`(text: String, host: String, port: UInt16) throws {
        let address = try #require(ServerAddress(text))
        #expect(address.host == host)
        #expect(address.port == port)
    }

    @Test(arguments: ["", ":443", "a:0", "a:65536", "a:b", "[::1]443", "a b:1"])
    func `what is no server is nothing`(text: String) { #expect(ServerAddress(text) == nil) }
}

@Suite struct CertificateCheckTests {
    private let folder = TemporaryFolder()
    private let console = Console(usesColour: false, isInteractive: false, isQuiet: true)

    private func invocation(_ values: [String: [String]], _ positionals: [String] = []) -> Invocation {
        Invocation(
            command: CertsCheckCommand.command, positionals: positionals, values: values, console: console)
    }

    private func make(_ keyMode: UInt32 = 0o600) throws -> String {
        let pair = try SelfSigned.make(names: ["care.example"], organization: "x", now: Clock.now(), days: 90)
        try OutputFile.write(pair.certificatePEM, to: "\(folder.path)/fullchain.pem", mode: 0o644)
        try OutputFile.write(pair.keyPEM, to: "\(folder.path)/privkey.pem", mode: keyMode)
        return folder.path
    }

    private func report(
        _ values: [String: [String]], _ positionals: [String] = []
    ) throws -> CertificateCheckReport {
        let invocation = invocation(values, positionals)
        return try CertificateCheck(
            target: CertificateTarget.resolve(invocation),
            server: invocation.value("--connect").flatMap(ServerAddress.init), anchors: nil, now: Clock.now()
        ).run()
    }

    @Test func `a good pair is good, and what was not looked at is not`() throws {
        let report = try report(["--host": ["care.example"]], [try make()])
        #expect(report.isGood)
        #expect(report.findings.isEmpty)
        let skipped = CheckPoint.allCases.filter { report.state(of: $0) == .skipped }
        #expect(skipped == [.links, .chain, .renewal, .served])
    }

    @Test func `each finding has its place and its point`() throws {
        let report = try report(["--host": ["care.example", "other.example"]], [try make(0o644)])
        #expect(!report.isGood)
        #expect(report.findings.map(\.problem.code) == [.nameMismatch, .keyReadableByOthers])
        #expect(report.findings.map(\.place) == ["fullchain.pem", "privkey.pem"].map { "\(folder.path)/\($0)" })
        #expect(report.state(of: .names) == .error)
        #expect(report.state(of: .permissions) == .error)
        #expect(try report.json().contains("\"point\" : 7"))
        #expect(
            try CertsCheckCommand.run(invocation(["--host": ["other.example"], "--json": [""]], [folder.path]))
                == .failure)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can ask for others"))
    func `a pair that the stack's user cannot read is an error of point 7`() throws {
        try OutputFile.write(
            Array(
                "APP_URL=https://care.example\nTLS_MODE=files\nTLS_CERT_PATH=fullchain.pem\nTLS_KEY_PATH=privkey.pem\n"
                    .utf8),
            to: "\(try make())/.env")
        chmod(folder.path, 0o755)
        let values = ["--env-file": ["\(folder.path)/.env"]]
        #expect(try report(values).state(of: .permissions) == .good)
        try #require(chown("\(folder.path)/.env", 65534, 65534) == 0)
        let closed = try report(values)
        #expect(closed.findings.map(\.problem.code) == [.pairClosed])
        #expect(closed.findings.first?.problem.reason.contains("privkey.pem is closed to nobody") == true)
        #expect(closed.state(of: .permissions) == .error)
        chmod("\(folder.path)/privkey.pem", 0o640)
        try #require(chown("\(folder.path)/privkey.pem", 0, 65534) == 0)
        #expect(try report(values).state(of: .permissions) == .good)
    }

    @Test func `a server that does not answer is an error, and nothing else is green`() throws {
        let report = try report(["--connect": ["127.0.0.1:1"]])
        #expect(report.findings.map(\.problem.code) == [.servedUnreachable])
        #expect(CheckPoint.allCases.allSatisfy { report.state(of: $0) != .good })
    }

    @Test func `command lines that contradict themselves are refused`() throws {
        for (values, positionals) in [
            (["--cert": ["a"]], []), (["--cert": ["a"], "--key": ["b"]], ["dir"]),
            (["--format": ["xml"]], ["dir"]), (["--connect": ["a:b"]], []), (["--at": ["soon"]], ["dir"]),
        ] as [([String: [String]], [String])] {
            do {
                _ = try CertsCheckCommand.run(invocation(values, positionals))
                Issue.record("accepted: \(values)")
            } catch let failure as CommandFailure {
                #expect(failure.exitCode == .usage)
            }
        }
    }
}
