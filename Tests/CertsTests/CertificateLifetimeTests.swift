import Certs
import Testing

@Suite struct CertificateLifetimeTests {
    struct Row: Sendable {
        /// Days.
        var lifetime: Int64
        /// Seconds before its last second.
        var left: Int64
        var state: CertificateLifetime.State
    }

    static let rows = [
        Row(lifetime: 90, left: 90 * day, state: .notYetValid),
        Row(lifetime: 90, left: 90 * day - 1, state: .good),
        Row(lifetime: 90, left: 30 * day, state: .good), Row(lifetime: 90, left: 30 * day - 1, state: .due),
        Row(lifetime: 6, left: 3 * day, state: .good), Row(lifetime: 6, left: 3 * day - 1, state: .due),
        Row(lifetime: 6, left: 0, state: .due), Row(lifetime: 6, left: -1, state: .expired),
    ]

    @Test(arguments: rows) func `its state follows from how much is left`(_ row: Row) {
        let life = CertificateLifetime(notBefore: testNow, notAfter: testNow + row.lifetime * day - 1)
        #expect(life.state(at: life.notAfter - row.left) == row.state)
    }

    @Test(arguments: [(Int64(100), 1.0), (45, 0.5), (9, 0.1), (0, 0.0), (-1, 0.0)])
    func `the fraction stays between none and all`(daysLeft: Int64, fraction: Double) {
        let life = CertificateLifetime(notBefore: testNow, notAfter: testNow + 90 * day - 1)
        #expect(life.fractionLeft(at: life.notAfter - daysLeft * day) == fraction)
        #expect(life.daysLeft(at: life.notAfter - daysLeft * day) == daysLeft)
    }

    @Test func `a life that ends before it begins has nothing left`() {
        #expect(CertificateLifetime(notBefore: 9, notAfter: 1).fractionLeft(at: 0) == 0)
    }

    @Test func `a file begins with the certificate, or has no lifetime`() throws {
        let pair = try SelfSigned.make(names: ["care.example"], organization: "x", now: testNow, days: 90)
        let life = try #require(CertificateLifetime(certificatePEM: pair.certificatePEM))
        #expect(life.notBefore == testNow - 300 && life.notAfter == testNow - 300 + 90 * day - 1)
        let report = CertificateInspection.inspect(
            certificatePEM: pair.certificatePEM, keyPEM: pair.keyPEM, host: "care.example", now: testNow)
        #expect(life == CertificateLifetime(notBefore: report.notBefore, notAfter: report.notAfter))
        for bytes in [[], Array("no certificate".utf8), pair.keyPEM, Array(pair.certificatePEM.dropLast(40))] {
            #expect(CertificateLifetime(certificatePEM: bytes) == nil)
        }
    }
}
