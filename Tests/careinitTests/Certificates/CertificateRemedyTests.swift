import Certs
import Testing

@testable import careinit

@Suite struct CertificateRemedyTests {
    private static let day: Int64 = 86_400
    private let life = CertificateLifetime(notBefore: 0, notAfter: 90 * day - 1)

    @Test(
        arguments: [
            (-1, "it begins at 1970-01-01T00:00:00Z"),
            (0, "89 days and 99 % of its life are left, until 1970-03-31T23:59:59Z"),
            (60 * day, "29 days and 33 % of its life are left, until 1970-03-31T23:59:59Z"),
            (88 * day, "47 hours and 2 % of its life are left, until 1970-03-31T23:59:59Z"),
            (90 * day - 3601, "60 minutes and 0 % of its life are left, until 1970-03-31T23:59:59Z"),
            (90 * day - 61, "1 minute and 0 % of its life are left, until 1970-03-31T23:59:59Z"),
            (90 * day - 2, "0 minutes and 0 % of its life are left, until 1970-03-31T23:59:59Z"),
            (90 * day, "it ended at 1970-03-31T23:59:59Z"),
        ] as [(Int64, String)])
    func `its age is put in words`(now: Int64, words: String) {
        #expect(CertificateRemedy.age(life, now: now) == words)
    }

    @Test(
        arguments: [
            (CertificateSettings.Mode.selfSigned, "careinit provision"), (.letsencrypt, "certbot renew"),
            (.files, "TLS_CERT_PATH"), (nil, "the .env says"),
        ] as [(CertificateSettings.Mode?, String)])
    func `the way out depends on where it comes from, and ends with its installation`(
        mode: CertificateSettings.Mode?, words: String
    ) {
        let text = CertificateRemedy.renewal(mode)
        #expect(text.contains(words) && text.contains("careinit certs install"))
    }
}
