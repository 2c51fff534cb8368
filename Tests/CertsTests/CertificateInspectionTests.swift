import Certs
import Foundation
import TestSupport
import Testing

@Suite struct CertificateInspectionTests {
    private let pair: CertificatePair

    init() throws {
        pair = try SelfSigned.make(
            names: ["localhost", "*.care.example", "127.0.0.1", "::1"], organization: "Sunny Hill", now: testNow,
            days: 90)
    }

    private func inspect(
        _ pair: CertificatePair, host: String = "localhost", now: Int64 = testNow, anchors: [UInt8]? = nil
    ) -> CertificateReport {
        CertificateInspection.inspect(
            certificatePEM: pair.certificatePEM, keyPEM: pair.keyPEM, host: host, now: now, anchorsPEM: anchors)
    }

    @Test func `a good pair has no problem, and its facts are told`() throws {
        let report = inspect(pair, anchors: pair.certificatePEM)
        #expect(report.problems == [])
        #expect(report.isUsable)
        #expect(report.subject == "O=Sunny Hill")
        #expect(report.issuer == "O=Sunny Hill")
        #expect(report.names == ["localhost", "*.care.example", "127.0.0.1", "::1"])
        #expect(report.notBefore == testNow - 300)
        #expect(report.notAfter == testNow - 300 + 90 * day - 1)
        #expect(report.isSelfSigned)
        #expect(report.chainLength == 1)
        let bench = try Workbench()
        try bench.write(pair.certificatePEM, "cert.pem")
        let shown = try bench.openssl("x509", "-in", "cert.pem", "-noout", "-fingerprint", "-sha256").output
        #expect(shown.lowercased().replacing(":", with: "").contains(report.fingerprint))
        #expect(report.fingerprint.count == 64)
    }

    @Test(arguments: [
        ("localhost", true), ("LOCALHOST", true), ("a.care.example", true), ("127.0.0.1", true), ("[::1]", true),
        ("0:0::1", true), ("a.b.care.example", false), ("care.example", false), ("127.0.0.2", false),
        ("Sunny Hill", false), ("localhost.evil.example", false), ("", false), ("loc*", false),
    ])
    func `a host is covered by a name, and never by the subject`(host: String, isCovered: Bool) {
        #expect(inspect(pair, host: host).codes == (isCovered ? [] : [.nameMismatch]))
    }

    private static let ages: [(seconds: Int64, code: CertificateProblem.Code?)] = [
        (-301, .notYetValid), (-300, nil), (0, nil), (59 * day, nil), (61 * day, .expiresSoon),
        (90 * day - 301, .expiresSoon), (90 * day - 300, .expired), (10_000 * day, .expired),
    ]

    @Test(arguments: ages)
    func `a life has a beginning, a last third and an end`(age: (seconds: Int64, code: CertificateProblem.Code?)) {
        let report = inspect(pair, now: testNow + age.seconds)
        #expect(report.codes == [age.code].compactMap(\.self))
        #expect(report.isUsable == (age.code == nil || age.code == .expiresSoon))
    }

    @Test func `a key of another pair is a mismatch`() throws {
        let other = try SelfSigned.make(names: ["localhost"], organization: "x", now: testNow)
        let report = inspect(CertificatePair(certificatePEM: pair.certificatePEM, keyPEM: other.keyPEM))
        #expect(report.codes == [.keyMismatch])
    }

    @Test func `everything is told at once`() throws {
        let other = try SelfSigned.make(names: ["a"], organization: "x", now: testNow)
        let report = inspect(
            CertificatePair(certificatePEM: pair.certificatePEM, keyPEM: other.keyPEM), host: "b",
            now: testNow + 91 * day)
        #expect(report.codes == [.keyMismatch, .nameMismatch, .expired])
    }

    @Test(arguments: ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
    func `what is no certificate is unparsable`(text: String) {
        let report = inspect(CertificatePair(certificatePEM: Array(text.utf8), keyPEM: pair.keyPEM))
        #expect(report.codes == [.certificateUnparsable])
        let swapped = inspect(CertificatePair(certificatePEM: pair.keyPEM, keyPEM: pair.certificatePEM))
        #expect(swapped.codes == [.certificateUnparsable, .keyUnparsable])
    }

    @Test func `a good leaf before a damaged chain is still told`() {
        let damaged =
            pair.certificatePEM + Array("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8)
        let report = inspect(CertificatePair(certificatePEM: damaged, keyPEM: pair.keyPEM))
        #expect(report.codes == [.certificateUnparsable])
        #expect(report.names.first == "localhost")
    }

    @Test func `a key with a passphrase is named as such, and no passphrase is asked for`() throws {
        let bench = try Workbench()
        try bench.write(pair.keyPEM, "key.pem")
        let made = try bench.openssl(
            "pkcs8", "-topk8", "-in", "key.pem", "-passout", "pass:secret", "-out", "locked.pem")
        #expect(made.status == 0, "\(made.output)")
        let report = inspect(
            CertificatePair(certificatePEM: pair.certificatePEM, keyPEM: try bench.read("locked.pem")))
        #expect(report.codes == [.keyEncrypted])
    }

    @Test func `weak keys, weak digests and a name in the subject only are found`() throws {
        let bench = try Workbench()
        let made = try bench.openssl(
            "req", "-x509", "-newkey", "rsa:1024", "-sha1", "-nodes", "-subj", "/CN=localhost", "-keyout",
            "key.pem",
            "-out", "cert.pem", "-days", "30", "-addext", "basicConstraints=critical,CA:FALSE")
        #expect(made.status == 0, "\(made.output)")
        let now = Int64(Date().timeIntervalSince1970) + 60
        let report = inspect(
            CertificatePair(certificatePEM: try bench.read("cert.pem"), keyPEM: try bench.read("key.pem")),
            now: now)
        #expect(report.codes == [.noNames, .weakKey, .weakSignature])
        #expect(report.problems[1].context == "RSA, 1024 bits")
    }

    @Test func `an authority's and a client's certificate are no server's`() throws {
        let authority = try CertificateAuthority.make(organization: "x", now: testNow, days: 90)
        #expect(inspect(authority.pair).codes == [.noNames, .isAuthority])
        let client = try authority.issue(names: ["localhost"], usages: [.clientAuth], now: testNow)
        #expect(inspect(client).codes.contains(.noServerUsage))
    }

    @Test func `problems have words, and none shows a key`() {
        for code in CertificateProblem.Code.allCases {
            let problem = CertificateProblem(code, .error, "CONTEXT")
            #expect(!problem.reason.isEmpty && !problem.fix.isEmpty)
            #expect(!problem.reason.hasSuffix(".") && !problem.fix.hasSuffix("."))
        }
    }

    @Test func `damaged files are read or refused`() {
        var random = SeededGenerator(seed: 5280)
        for _ in 0..<600 {
            let certificate = random.damaged(pair.certificatePEM)
            let key = random.damaged(pair.keyPEM)
            _ = inspect(CertificatePair(certificatePEM: certificate, keyPEM: key))
        }
        for _ in 0..<200 { _ = inspect(CertificatePair(certificatePEM: random.bytes(upTo: 300), keyPEM: [])) }
    }
}
