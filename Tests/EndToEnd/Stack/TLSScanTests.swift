import Testing

#if canImport(Glibc)
    import Glibc
#endif

extension RunningStackTests {
    @Test(.enabled(if: StackRuntime.isNative, "what is listed is about the OpenSSL of this machine"))
    func `testssl and sslscan find nothing but what is listed with its reason`() throws {
        let scan = try TLSScan(
            host: "localhost", port: stack.port("HTTPS_PORT"), authority: stack.folder["certs/fullchain.pem"])
        for verdict in scan.verdicts {
            #expect(verdict.unexpected == [], "neither good nor listed")
            #expect(verdict.stale == [], "listed, and no longer found: take it off the list")
        }
        if let path = getenv("CARE_TLS_REPORT") {
            try Files.write(Array(try TLSProof(scan).markdown.utf8), to: String(cString: path), mode: 0o644)
        }
    }
}

@Suite struct TLSScanTests {
    private let allowance = TLSAllowance(
        scanner: .testssl, identifier: "HSTS", text: "not offered", presence: .version("3."), reason: "a reason")
    private let finding = TLSFinding(
        scanner: .testssl, identifier: "HSTS", severity: "LOW", text: "not offered")

    private func verdict(_ findings: [TLSFinding], version: String = "3.0.8") -> TLSVerdict {
        TLSVerdict(findings, of: .testssl, version: version, allowed: [allowance])
    }

    @Test func `a finding passes only with the text and the version that are listed`() {
        #expect(verdict([finding]) == TLSVerdict([], of: .sslscan, version: "", allowed: []))
        var other = finding
        other.text = "max-age=0"
        #expect(verdict([finding, other]).unexpected == [other])
        #expect(verdict([finding], version: "4.0").unexpected == [finding])
    }

    @Test func `what is listed has to come, in the version that it is listed for`() {
        #expect(verdict([]).stale == [allowance])
        #expect(verdict([], version: "4.0").stale == [])
    }

    @Test func `a check that could not be made is a finding, and a report that breaks off is none`() throws {
        let entry = #"{"id": "ROBOT", "ip": "h/1", "port": "1", "severity": "WARN", "finding": "no answer"}"#
        let report = try TestSSLReport("[\(entry)]")
        #expect(report.findings.map(\.severity) == ["WARN"])
        #expect(report.missingParts.contains("scanTime"))
        #expect(throws: DecodingError.self) { try TestSSLReport("[\(entry),") }
        #expect(throws: (any Error).self) { try SSLScanReport("<document><ssltest>") }
    }

    /// OpenSSL's own server, with what it had to be told to do so badly.
    @Test func `sslscan's report of a bad server has findings`() throws {
        let folder = try ScratchFolder()
        let made = try run(
            [
                "openssl", "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-subj", "/CN=bad", "-sha1", "-days",
                "1",
                "-keyout", folder["key.pem"], "-out", folder["cert.pem"],
            ], in: folder.path)
        try #require(made.code == 0, "\(made)")
        let port = try Ports.freeRun(of: 1)
        let server = try RunningProcess([
            "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", folder["cert.pem"], "-key",
            folder["key.pem"], "-cipher", "AES128-SHA:@SECLEVEL=0", "-tls1", "-www", "-quiet",
        ])
        try eventually("the server's port") { Ports.isHeld("127.0.0.1", port) ? true : nil }
        let scan = try run(
            ["sslscan", "--no-colour", "--xml=\(folder["scan.xml"])", "127.0.0.1:\(port)"], in: folder.path)
        #expect(server.isRunning && scan.code == 0, "\(scan)")
        let found = Set(try SSLScanReport(Files.text(folder["scan.xml"])).findings.map(\.identifier))
        #expect(found.isSuperset(of: ["protocol", "pk", "signature-algorithm", "self-signed"]), "\(found)")
    }
}
