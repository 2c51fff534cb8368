import OpenSSL

/// A certificate of a server that vouches for itself: for whoever is told to trust exactly this one.
package enum SelfSigned {
    /// Browsers refuse more for a certificate that no authority of the user's own signed.
    package static let lifetimes = 1...398

    /// A new key and a certificate for it that holds for all the names, DNS and IP alike.
    ///
    /// It begins five minutes before `now` (seconds since 1970) and names no host in its subject: clients look at the
    /// subjectAltName only (RFC 9525 §6.3).
    package static func make(
        names: [String], organization: String, now: Int64, days: Int = 397, keyType: KeyType = .p256
    ) throws(CertificateError) -> CertificatePair {
        let names = try CertificateRequestCheck.names(names)
        try CertificateRequestCheck.organisation(organization)
        try CertificateRequestCheck.days(days, allowed: lifetimes)
        let template = CertificateTemplate(
            subject: [("O", organization)], now: now, days: days,
            extensions: [
                .noAuthority, .signs, .usages([.serverAuth]), .names(names), .subjectKey,
            ])
        do throws(OpenSSLError) {
            let key = try PEM.newKey(keyType)
            let certificate = try template.signed(key: key, issuer: nil)
            return CertificatePair(
                certificatePEM: try PEM.encode(certificate), keyPEM: try PEM.encode(key))
        } catch {
            throw .openSSL(error)
        }
    }
}

/// What is refused before OpenSSL sees it.
enum CertificateRequestCheck {
    static func names(_ texts: [String]) throws(CertificateError) -> [CertificateName] {
        var names: [CertificateName] = []
        for text in texts {
            guard let name = CertificateName(text) else { throw .badName(text) }
            if !names.contains(name) { names.append(name) }
        }
        guard !names.isEmpty else { throw .noNames }
        return names
    }

    static func organisation(_ text: String) throws(CertificateError) {
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard (1...64).contains(text.unicodeScalars.count), isPlain else { throw .badOrganisation }
    }

    static func days(_ days: Int, allowed: ClosedRange<Int>) throws(CertificateError) {
        guard allowed.contains(days) else { throw .badLifetime(days: days, allowed: allowed) }
    }
}
