import Testing

/// A run of both scanners against one server.
struct TLSScan {
    var testssl: TestSSLReport
    var testsslVersion: String
    var sslscan: SSLScanReport

    /// - Throws: where a scanner did not run to its end.
    init(host: String, port: UInt16, authority: String) throws {
        let folder = try ScratchFolder()
        let version = try run(["testssl", "--version"], in: "/")
        testsslVersion = try #require(
            version.text.firstMatch(of: /[0-9]+\.[0-9]+(\.[0-9]+|rc[0-9]+)/).map { String($0.0) }, "\(version)")
        // What it says of the chain is then about more than that the machine does not know who signed.
        let scan = try run(
            [
                "testssl", "--quiet", "--color", "0", "--warnings", "batch", "--add-ca", authority, "--jsonfile",
                folder["testssl.json"], "https://\(host):\(port)",
            ], in: folder.path, within: .seconds(600))
        // 1 to 49: so many checks could not be made, which the report has as WARN. 242 and more: it gave up (testssl(1)).
        try #require((0..<50).contains(scan.code), "\(scan)")
        testssl = try TestSSLReport(Files.text(folder["testssl.json"]))
        try #require(testssl.missingParts == [], "\(scan)")

        let second = try run(
            ["sslscan", "--no-colour", "--xml=\(folder["sslscan.xml"])", "\(host):\(port)"], in: folder.path)
        try #require(second.code == 0, "\(second)")
        sslscan = try SSLScanReport(Files.text(folder["sslscan.xml"]))
        try #require(sslscan.missingParts == [], "\(second)")
    }

    var verdicts: [TLSVerdict] {
        [
            TLSVerdict(
                testssl.findings, of: .testssl, version: testsslVersion, allowed: TLSAllowance.list),
            TLSVerdict(
                sslscan.findings, of: .sslscan, version: sslscan.version, allowed: TLSAllowance.list),
        ]
    }
}
