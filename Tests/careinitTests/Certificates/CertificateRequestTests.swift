import Certs
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct CertificateRequestTests {
    private let folder = TemporaryFolder()
    private let console = Console(usesColour: false, isInteractive: false, isQuiet: true)
    private var output: String { "\(folder.path)/out" }
    private var environment: String { "\(folder.path)/.env" }

    private func create(_ values: [String: [String]]) throws {
        var values = values
        values["--output", default: [output]] += []
        values["--env-file", default: [environment]] += []
        let code = try CertsCreateCommand.run(
            Invocation(command: CertsCreateCommand.command, values: values, console: console))
        #expect(code == .success)
    }

    private static let kinds = ["p256", "p384", "ed25519", "rsa2048", "rsa3072"].flatMap { type in
        [(type: type, isSelfSigned: false), (type: type, isSelfSigned: true)]
    }

    private static let names = ["notes.example", "*.care.example", "192.0.2.1", "2001:db8::1", "münchen.example"]
    private static let asked = [
        "notes.example", "a.care.example", "192.0.2.1", "2001:db8::1", "xn--mnchen-3ya.example",
    ]

    @Test(.enabled(if: Subprocess.find("openssl") != nil, "openssl is not installed"), arguments: kinds)
    func `every kind verifies strictly, by OpenSSL and by us, for every name`(
        kind: (type: String, isSelfSigned: Bool)
    ) throws {
        var values = ["--name": Self.names, "--key-type": [kind.type]]
        if kind.isSelfSigned { values["--self-signed"] = [""] }
        try create(values)
        let chain = "\(output)/fullchain.pem"
        let authority = kind.isSelfSigned ? chain : "\(folder.path)/.careinit/authority/ca.pem"
        for name in Self.asked {
            let isAddress = name.contains(":") || name.hasPrefix("192")
            let result = try Subprocess(arguments: [
                "openssl", "verify", "-x509_strict", "-auth_level", "2", "-purpose", "sslserver", "-CAfile",
                authority,
                isAddress ? "-verify_ip" : "-verify_hostname", name, chain,
            ]).run()
            #expect(result.succeeded, "\(name): \(result.errorText)")
            let verdict = ChainVerification(
                authorities: try CertificateOptions.file(authority), chain: try CertificateOptions.file(chain),
                host: name, time: Clock.now()
            ).verdict()
            #expect(verdict.isAccepted, "\(verdict.reasons.map(\.problem.reason))")
        }
        let key = try Subprocess(arguments: [
            "openssl", "pkey", "-in", "\(output)/privkey.pem", "-noout", "-check",
        ]).run()
        #expect(key.succeeded)
    }

    @Test func `keys are for nobody else, whatever the umask`() throws {
        let old = umask(0)
        defer { umask(old) }
        try create(["--name": ["a.example"]])
        let authority = "\(folder.path)/.careinit/authority"
        for (path, mode) in [
            ("\(output)/privkey.pem", 0o600), ("\(authority)/ca-key.pem", 0o600), (authority, 0o700),
            ("\(output)/fullchain.pem", 0o644),
        ] as [(String, UInt32)] {
            #expect(FileSystem.status(path).map { $0.st_mode & 0o777 } == mode, "\(path)")
        }
    }

    @Test func `the authority stays, its certificates come and go`() throws {
        try create(["--name": ["a.example"]])
        let authority = try CertificateOptions.file("\(folder.path)/.careinit/authority/ca.pem")
        let first = try CertificateOptions.file("\(output)/fullchain.pem")
        #expect(throws: CommandFailure.self) { try create(["--name": ["a.example"]]) }
        #expect(try CertificateOptions.file("\(output)/fullchain.pem") == first)
        try create(["--name": ["a.example"], "--force": [""]])
        #expect(try CertificateOptions.file("\(output)/fullchain.pem") != first)
        #expect(try CertificateOptions.file("\(folder.path)/.careinit/authority/ca.pem") == authority)
    }

    @Test func `the host of APP_URL is among the names`() throws {
        try OutputFile.write(Array("APP_URL=https://notes.care.example\nTLS_MODE=files\n".utf8), to: environment)
        try create(["--name": ["other.example"], "--self-signed": [""]])
        let report = CertificateInspection.inspect(
            certificatePEM: try CertificateOptions.file("\(output)/fullchain.pem"),
            keyPEM: try CertificateOptions.file("\(output)/privkey.pem"), host: "notes.care.example",
            now: Clock.now())
        #expect(report.problems.isEmpty)
        #expect(report.names == ["notes.care.example", "other.example"])
    }

    @Test(
        arguments: [
            ("self-signed", true, false), ("self-signed", false, true), ("letsencrypt", true, true),
            ("letsencrypt", false, true), ("files", true, false), ("files", false, false),
        ])
    func `a .env that expects another kind is told, with the command that changes it`(
        mode: String, isSelfSigned: Bool, isTold: Bool
    ) throws {
        try OutputFile.write(Array("APP_URL=https://a.example\nTLS_MODE=\(mode)\n".utf8), to: environment)
        var values = ["--env-file": [environment], "--output": [output]]
        if isSelfSigned { values["--self-signed"] = [""] }
        let invocation = Invocation(command: CertsCreateCommand.command, values: values, console: console)
        let lines = try CertificateRequest(invocation).make(now: Clock.now())
        let told = lines.filter { $0.contains("TLS_MODE=\(mode)") && $0.contains("--set TLS_MODE=files") }
        #expect(told.count == (isTold ? 1 : 0), "\(lines)")
    }

    @Test(
        arguments: [
            [:], ["--name": ["a_b"]], ["--name": ["a b.example"]], ["--name": ["*"]], ["--name": ["a.*.example"]],
            ["--name": ["a\u{301}.example"]], ["--name": ["a"], "--key-type": ["rsa1024"]],
            ["--name": ["a"], "--key-type": ["dsa"]], ["--name": ["a"], "--key-type": ["rsa2049"]],
            ["--name": ["a"], "--days": ["0"]], ["--name": ["a"], "--days": ["399"]],
            ["--name": ["a"], "--days": ["x"]],
        ] as [[String: [String]]])
    func `what cannot be made is refused, and nothing is written`(values: [String: [String]]) throws {
        do {
            try create(values)
            Issue.record("made: \(values)")
        } catch let failure as CommandFailure {
            #expect(failure.exitCode == .usage)
        }
        #expect(FileSystem.names(in: folder.path).isEmpty)
    }
}
