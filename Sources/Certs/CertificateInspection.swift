import COpenSSL
import OpenSSL

/// Whether a certificate and its key will do for a server: everything that is wrong at once, from bytes and a time.
package enum CertificateInspection {
    /// `certificatePEM` holds the leaf and after it the rest of the chain; `host` is a DNS name or an IP address; `now`
    /// is in seconds since 1970. Where `anchorsPEM` is given, the chain must verify up to one of them, under OpenSSL's
    /// strict rules and security level 2.
    package static func inspect(
        certificatePEM: [UInt8], keyPEM: [UInt8], host: String, now: Int64, anchorsPEM: [UInt8]? = nil
    ) -> CertificateReport {
        let (chain, isDamaged) = PEM.certificates(in: certificatePEM)
        var report = CertificateReport()
        if isDamaged || chain.isEmpty { report.problems.append(CertificateProblem(.certificateUnparsable)) }
        guard let leaf = chain.first else {
            report.problems += KeyInspection.problems(keyPEM: keyPEM, chain: [])
            return report
        }
        report.describe(leaf, chainLength: chain.count)
        report.problems += KeyInspection.problems(keyPEM: keyPEM, chain: chain)
        report.problems += LeafInspection(leaf: leaf, host: host, now: now).problems
        report.problems += ChainInspection(chain: chain, now: now).problems
        if let anchorsPEM {
            report.problems += TrustInspection.problems(chain: chain, anchorsPEM: anchorsPEM, now: now)
        }
        return report
    }
}

extension CertificateReport {
    fileprivate mutating func describe(_ leaf: CertificateHandle, chainLength: Int) {
        subject = leaf.subject
        issuer = leaf.issuer
        names = leaf.names
        notBefore = leaf.notBefore
        notAfter = leaf.notAfter
        isSelfSigned = leaf.isSelfSigned
        fingerprint = leaf.fingerprint
        self.chainLength = chainLength
    }
}

/// Whether the key is there, usable without a person, and the leaf's.
enum KeyInspection {
    static func problems(keyPEM: [UInt8], chain: [CertificateHandle]) -> [CertificateProblem] {
        switch PEM.privateKey(in: keyPEM) {
        case .encrypted: return [CertificateProblem(.keyEncrypted)]
        case .unparsable: return [CertificateProblem(.keyUnparsable)]
        case .key(let key):
            guard let leaf = chain.first, !matches(leaf, key) else { return [] }
            if chain.dropFirst().contains(where: { matches($0, key) }) {
                return [CertificateProblem(.chainOutOfOrder, .error, "the key's own certificate is not the first")]
            }
            return [CertificateProblem(.keyMismatch)]
        }
    }

    private static func matches(_ certificate: CertificateHandle, _ key: PrivateKeyHandle) -> Bool {
        defer { ERR_clear_error() }
        return X509_check_private_key(certificate.pointer, key.pointer) == 1
    }
}
