import COpenSSL
import OpenSSL

/// A small authority of one stack's own, for the connections between its services.
///
/// Its key signs leaves only (`pathlen:0`) and should be stored where only careinit reads it.
package struct CertificateAuthority: Sendable {
    /// Ten years and a little: leaves are replaced with every generation, the authority is not.
    package static let lifetimes = 1...3660
    /// Apple's limit, which covers private authorities too.
    package static let leafLifetimes = 1...825

    /// What its leaves are verified against, and what signs them.
    package let pair: CertificatePair
    /// Its last second, since 1970: no leaf should live longer.
    package var notAfter: Int64 { certificate.notAfter }
    /// SHA-256 of its certificate, in hexadecimal.
    package var fingerprint: String { certificate.fingerprint }
    private let organisation: String
    private let certificate: CertificateHandle
    private let key: PrivateKeyHandle

    /// A new authority with a P-256 key.
    package static func make(
        organization: String, now: Int64, days: Int = 3650
    ) throws(CertificateError) -> CertificateAuthority {
        try CertificateRequestCheck.organisation(organization)
        try CertificateRequestCheck.days(days, allowed: lifetimes)
        // The common name only keeps the authority's subject apart from its leaves', which would look self-signed.
        let template = CertificateTemplate(
            subject: [("O", organization), ("CN", "careinit local authority")], now: now, days: days,
            extensions: [.authority, .signsCertificates, .subjectKey])
        let pair: CertificatePair
        do throws(OpenSSLError) {
            let key = try PEM.newKey()
            let certificate = try template.signed(key: key, issuer: nil)
            pair = CertificatePair(
                certificatePEM: try PEM.encode(certificate), keyPEM: try PEM.encode(key))
        } catch {
            throw .openSSL(error)
        }
        return try CertificateAuthority(pair: pair, organization: organization)
    }

    /// An authority that was stored earlier; `organization` stands in the subjects of its leaves.
    package init(pair: CertificatePair, organization: String) throws(CertificateError) {
        try CertificateRequestCheck.organisation(organization)
        guard let certificate = PEM.certificates(in: pair.certificatePEM).certificates.first,
            case .key(let key) = PEM.privateKey(in: pair.keyPEM),
            X509_check_private_key(certificate.pointer, key.pointer) == 1, X509_check_ca(certificate.pointer) == 1
        else {
            _ = OpenSSLError.drain(after: "X509_check_private_key")
            throw .badAuthority
        }
        self.pair = pair
        organisation = organization
        self.certificate = certificate
        self.key = key
    }

    /// A new key and a certificate for it, signed by this authority.
    ///
    /// etcd uses its own certificate for both sides of a connection: give it both usages. `days` should end before the
    /// authority itself does: clients refuse what follows.
    package func issue(
        names: [String], usages: [CertificateUsage] = [.serverAuth], now: Int64, days: Int = 397,
        keyType: KeyType = .p256
    ) throws(CertificateError) -> CertificatePair {
        let names = try CertificateRequestCheck.names(names)
        try CertificateRequestCheck.days(days, allowed: Self.leafLifetimes)
        let template = CertificateTemplate(
            subject: [("O", organisation)], now: now, days: days,
            extensions: [
                .noAuthority, .signs, .usages(usages.isEmpty ? [.serverAuth] : usages), .names(names),
                .subjectKey, .authorityKey,
            ])
        do throws(OpenSSLError) {
            let leafKey = try PEM.newKey(keyType)
            let leaf = try template.signed(key: leafKey, issuer: (certificate, key))
            return CertificatePair(certificatePEM: try PEM.encode(leaf), keyPEM: try PEM.encode(leafKey))
        } catch {
            throw .openSSL(error)
        }
    }
}
