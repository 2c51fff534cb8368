import Certs
import Foundation
import Testing

@Suite struct CertificateAuthorityTests {
    @Test func `a leaf for both sides verifies strictly as server and as client`() throws {
        let bench = try Workbench()
        let now = Int64(Date().timeIntervalSince1970)
        let authority = try CertificateAuthority.make(organization: "Sunny Hill", now: now)
        let leaf = try authority.issue(
            names: ["localhost", "127.0.0.1"], usages: [.serverAuth, .clientAuth], now: now)
        try bench.write(authority.pair.certificatePEM, "ca.pem")
        try bench.write(leaf.certificatePEM, "leaf.pem")
        for purpose in ["sslserver", "sslclient"] {
            let result = try bench.openssl(
                "verify", "-x509_strict", "-auth_level", "2", "-purpose", purpose, "-CAfile", "ca.pem", "leaf.pem")
            #expect(result.status == 0, "\(result.output)")
        }
        #expect(try bench.openssl("verify", "-x509_strict", "-CAfile", "ca.pem", "ca.pem").status == 0)
    }

    @Test func `a client's leaf is no server's`() throws {
        let bench = try Workbench()
        let now = Int64(Date().timeIntervalSince1970)
        let authority = try CertificateAuthority.make(organization: "Sunny Hill", now: now)
        let leaf = try authority.issue(names: ["patroni"], usages: [.clientAuth], now: now)
        try bench.write(authority.pair.certificatePEM, "ca.pem")
        try bench.write(leaf.certificatePEM, "leaf.pem")
        let result = try bench.openssl("verify", "-purpose", "sslserver", "-CAfile", "ca.pem", "leaf.pem")
        #expect(result.status != 0)
        #expect(try bench.openssl("verify", "-purpose", "sslclient", "-CAfile", "ca.pem", "leaf.pem").status == 0)
    }

    @Test func `a stored authority goes on issuing`() throws {
        let bench = try Workbench()
        let now = Int64(Date().timeIntervalSince1970)
        let made = try CertificateAuthority.make(organization: "Sunny Hill", now: now)
        let stored = try CertificateAuthority(pair: made.pair, organization: "Sunny Hill")
        try bench.write(made.pair.certificatePEM, "ca.pem")
        try bench.write(try stored.issue(names: ["a"], now: now).certificatePEM, "leaf.pem")
        #expect(try bench.openssl("verify", "-x509_strict", "-CAfile", "ca.pem", "leaf.pem").status == 0)
    }

    @Test func `what is no authority is refused`() throws {
        let leaf = try SelfSigned.make(names: ["a"], organization: "x", now: testNow)
        let one = try CertificateAuthority.make(organization: "x", now: testNow)
        let other = try CertificateAuthority.make(organization: "x", now: testNow)
        for pair in [
            leaf, CertificatePair(certificatePEM: one.pair.certificatePEM, keyPEM: other.pair.keyPEM),
            CertificatePair(certificatePEM: [], keyPEM: []),
        ] {
            #expect(throws: CertificateError.badAuthority) {
                _ = try CertificateAuthority(pair: pair, organization: "x")
            }
        }
    }

    @Test(arguments: [0, 826])
    func `a leaf has a lifetime that clients accept`(days: Int) throws {
        let authority = try CertificateAuthority.make(organization: "x", now: testNow)
        #expect(throws: CertificateError.badLifetime(days: days, allowed: 1...825)) {
            try authority.issue(names: ["a"], now: testNow, days: days)
        }
    }
}
