import COpenSSL
import OpenSSL

/// Whether each certificate of the file is issued by the next one.
struct ChainInspection {
    var chain: [CertificateHandle]
    /// Seconds since 1970.
    var now: Int64

    var problems: [CertificateProblem] {
        defer { ERR_clear_error() }
        guard let leaf = chain.first, let last = chain.last else { return [] }
        if leaf.isSelfSigned { return [] }
        let problems = linkProblems + dateProblems
        if last.isSelfSigned { return problems + [CertificateProblem(.rootIncluded, .warning, last.subject)] }
        return chain.count == 1 ? problems + [loneLeafProblem(leaf)] : problems
    }

    private var linkProblems: [CertificateProblem] {
        zip(chain, chain.dropFirst()).compactMap { certificate, next in
            if certificate.isIssued(by: next) { return nil }
            let isElsewhere = chain.contains { certificate.isIssued(by: $0) }
            return isElsewhere
                ? CertificateProblem(
                    .chainOutOfOrder, .error, "after \(certificate.subject) comes \(next.subject)")
                : CertificateProblem(.chainIncomplete, .error, certificate.issuer)
        }
    }

    private var dateProblems: [CertificateProblem] {
        chain.dropFirst().filter { now < $0.notBefore || now > $0.notAfter }
            .map { CertificateProblem(.chainExpired, .error, $0.subject) }
    }

    /// An authority that publishes its certificate on the web is an intermediate, which clients lack: browsers may
    /// fetch it, others cannot. A small authority's leaf may come straight from a root that its clients know.
    private func loneLeafProblem(_ leaf: CertificateHandle) -> CertificateProblem {
        CertificateProblem(.chainIncomplete, leaf.publishesItsIssuer ? .error : .warning, leaf.issuer)
    }
}

extension Handle where Kind == CertificateKind {
    /// Whether it says where its issuer's certificate can be fetched (RFC 5280 §4.2.2.1).
    fileprivate var publishesItsIssuer: Bool {
        guard let list = X509_get_ext_d2i(pointer, NID_info_access, nil, nil) else { return false }
        let access = OpaquePointer(list)
        defer { AUTHORITY_INFO_ACCESS_free(access) }
        return (0..<shim_access_count(access)).contains { shim_access_method_nid(access, $0) == NID_ad_ca_issuers }
    }
}
