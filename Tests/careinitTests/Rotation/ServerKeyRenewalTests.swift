import Certs
import Testing

@testable import careinit

@Suite("Another key of nginx in place of the present one")
struct ServerKeyRenewalTests {
    private static let now = Clock.now()

    private func settings(_ mode: CertificateSettings.Mode) throws -> CertificateSettings {
        let values = [
            "TLS_MODE": mode.rawValue, "APP_URL": "https://care.example", "APP_NAME": "Sunny Hill",
            "TLS_CERT_PATH": "certs/fullchain.pem", "TLS_KEY_PATH": "certs/privkey.pem",
        ]
        return try #require(CertificateSettings(folder: "/srv") { values[$0] ?? "" })
    }

    private func authority() throws -> CertificateAuthority {
        try CertificateAuthority.make(organization: "careinit", now: Self.now)
    }

    private static let names = ["care.example", "*.care.example", "192.0.2.1", "2001:db8::1"]

    private func requireAlike(_ old: CertificatePair, _ new: CertificatePair) throws {
        #expect(new.keyPEM != old.keyPEM)
        let reports = [old, new].map {
            CertificateInspection.inspect(
                certificatePEM: $0.certificatePEM, keyPEM: $0.keyPEM, host: "care.example", now: Self.now)
        }
        #expect(reports[0].names == reports[1].names && reports[1].names.count == Self.names.count)
        #expect(reports[0].issuer == reports[1].issuer)
        #expect(reports[0].isSelfSigned == reports[1].isSelfSigned)
        #expect(reports[1].isUsable, "\(reports[1].problems)")
        #expect(KeyType(certificatePEM: old.certificatePEM) == KeyType(certificatePEM: new.certificatePEM))
    }

    @Test(
        "a self-signed one is followed by one for the same names, with a key of the same kind",
        arguments: [KeyType.p256, .p384, .rsa(bits: 2048)])
    func selfSigned(_ type: KeyType) throws {
        let old = try SelfSigned.make(
            names: Self.names, organization: "Sunny Hill", now: Self.now, days: 90, keyType: type)
        for mode in [CertificateSettings.Mode.selfSigned, .files] {
            let renewal = try ServerKeyRenewal(
                of: old.certificatePEM, settings: try settings(mode), authority: try authority())
            try requireAlike(old, try renewal.make(now: Self.now))
        }
    }

    @Test("one that the local authority signed is signed by it again, expired or not", arguments: [0, 400])
    func local(_ days: Int64) throws {
        let authority = try authority()
        let old = try authority.issue(names: Self.names, now: Self.now, days: 90, keyType: .p384)
        let renewal = try ServerKeyRenewal(
            of: old.certificatePEM, settings: try settings(.files), authority: authority)
        let now = Self.now + days * 86_400
        let new = try renewal.make(now: now)
        if days == 0 { try requireAlike(old, new) }
        let checked = CertificateInspection.inspect(
            certificatePEM: new.certificatePEM, keyPEM: new.keyPEM, host: "care.example", now: now,
            anchorsPEM: authority.pair.certificatePEM)
        #expect(checked.isUsable, "\(checked.problems)")
    }

    @Test("none outlives the authority that signs it")
    func lastDays() throws {
        let authority = try CertificateAuthority.make(organization: "careinit", now: Self.now, days: 30)
        let old = try authority.issue(names: ["care.example"], now: Self.now, days: 9)
        let renewal = try ServerKeyRenewal(
            of: old.certificatePEM, settings: try settings(.files), authority: authority)
        let new = CertificateLifetime(certificatePEM: try renewal.make(now: Self.now).certificatePEM)
        #expect(try #require(new).notAfter <= authority.notAfter)
        #expect { try renewal.make(now: authority.notAfter) } throws: {
            ($0 as? CommandFailure)?.exitCode == .failure
        }
    }

    @Test("somebody else's is refused with what gets a new one, whoever the local authority is")
    func foreign() throws {
        let old = try authority().issue(names: ["care.example"], now: Self.now, days: 90)
        for local in [nil, try authority()] {
            let failure = #expect(throws: CommandFailure.self) {
                try ServerKeyRenewal(of: old.certificatePEM, settings: try settings(.files), authority: local)
            }
            #expect(failure?.exitCode == .configuration)
            #expect(failure?.fix?.contains("careinit certs install --from DIR") == true)
            #expect(failure?.why?.contains("careinit local authority") == true)
        }
    }

    @Test("certbot's is refused, even where it is self-signed")
    func certbot() throws {
        let old = try SelfSigned.make(names: ["care.example"], organization: "x", now: Self.now, days: 90)
        let failure = #expect(throws: CommandFailure.self) {
            try ServerKeyRenewal(
                of: old.certificatePEM, settings: try settings(.letsencrypt), authority: nil)
        }
        #expect(failure?.exitCode == .configuration)
        #expect(failure?.fix?.contains("certbot renew --force-renewal") == true)
    }

    @Test("what is no certificate is refused")
    func damaged() throws {
        #expect(throws: CommandFailure.self) {
            try ServerKeyRenewal(of: [], settings: try settings(.selfSigned), authority: try authority())
        }
    }
}
