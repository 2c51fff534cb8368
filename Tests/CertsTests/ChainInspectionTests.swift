import Certs
import Foundation
import Testing

/// Chains of root, intermediate and leaf, made by `openssl`, as a public authority would.
@Suite struct ChainInspectionTests {
    private let bench: Workbench
    private let now: Int64

    init() throws {
        bench = try Workbench()
        let authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
        let leaf =
            "basicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n"
        let keys = "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid:always\n"
        let access = "authorityInfoAccess=caIssuers;URI:http://ca.example/ca.der\n"
        try bench.write(Array((authority + keys).utf8), "ca.ext")
        try bench.write(Array((leaf + keys + access).utf8), "leaf.ext")
        try bench.write(Array((leaf + keys).utf8), "private.ext")
        let root = try bench.openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Root",
            "-keyout", "root.key", "-out", "root.pem", "-days", "365", "-addext", "keyUsage=critical,keyCertSign")
        #expect(root.status == 0, "\(root.output)")
        try Self.issue(bench, "middle", from: "root", extensions: "ca.ext")
        try Self.issue(bench, "leaf", from: "middle", extensions: "leaf.ext")
        try Self.issue(bench, "private", from: "root", extensions: "private.ext")
        now = Int64(Date().timeIntervalSince1970) + 60
    }

    private static func issue(_ bench: Workbench, _ name: String, from issuer: String, extensions: String) throws {
        let request = try bench.openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=\(name)",
            "-keyout", "\(name).key", "-out", "\(name).csr")
        #expect(request.status == 0, "\(request.output)")
        let signed = try bench.openssl(
            "x509", "-req", "-in", "\(name).csr", "-CA", "\(issuer).pem", "-CAkey", "\(issuer).key", "-out",
            "\(name).pem", "-days", "90", "-extfile", extensions)
        #expect(signed.status == 0, "\(signed.output)")
    }

    private func inspect(_ chain: [String], key: String = "leaf", anchors: String? = nil) throws
        -> CertificateReport
    {
        CertificateInspection.inspect(
            certificatePEM: try chain.flatMap { try bench.read("\($0).pem") },
            keyPEM: try bench.read("\(key).key"),
            host: "localhost", now: now, anchorsPEM: try anchors.map { try bench.read("\($0).pem") })
    }

    @Test func `leaf and intermediate are a whole chain`() throws {
        let report = try inspect(["leaf", "middle"], anchors: "root")
        #expect(report.problems == [])
        #expect(report.chainLength == 2)
        #expect(!report.isSelfSigned)
    }

    @Test func `each way to spoil the chain has its own name`() throws {
        #expect(try inspect(["leaf"]).problems == [CertificateProblem(.chainIncomplete, .error, "CN=middle")])
        #expect(try inspect(["middle", "leaf"]).codes.contains(.chainOutOfOrder))
        #expect(try inspect(["leaf", "root"]).codes == [.chainIncomplete, .rootIncluded])
        #expect(try inspect(["leaf", "root", "middle"]).codes.contains(.chainOutOfOrder))
        #expect(try inspect(["leaf", "middle", "root"]).problems.map(\.severity) == [.warning])
        #expect(try inspect(["leaf", "private"]).codes == [.chainIncomplete])
    }

    @Test func `a leaf straight from a private root is only warned about`() throws {
        let report = try inspect(["private"], key: "private")
        #expect(report.problems == [CertificateProblem(.chainIncomplete, .warning, "CN=Root")])
        #expect(report.isUsable)
    }

    @Test func `a chain to a root that is not trusted does not verify`() throws {
        #expect(try inspect(["leaf", "middle"], anchors: "private").codes == [.untrusted])
        #expect(try inspect(["leaf"], anchors: "root").codes == [.chainIncomplete, .untrusted])
    }
}
