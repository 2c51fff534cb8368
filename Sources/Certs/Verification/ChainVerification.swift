/// Judges a server's chain as a browser would, and says everything that is against it.
///
/// The path is found here, its signatures, purposes, path lengths and policies are checked by OpenSSL, and what RFC 5280
/// and the CA/Browser Forum demand beyond that by our own rules. Nothing is read but the bytes that are given.
package struct ChainVerification: Sendable {
    /// Trusted certificates, in PEM or one in DER.
    package var authorities: [UInt8]
    /// The leaf, then its intermediates, in PEM; only the leaf's place matters.
    package var chain: [UInt8]
    /// The DNS name or address that was asked for; nil leaves the names uncompared.
    package var host: String?
    /// Seconds since 1970.
    package var time: Int64

    package init(authorities: [UInt8], chain: [UInt8], host: String?, time: Int64) {
        self.authorities = authorities
        self.chain = chain
        self.host = host
        self.time = time
    }

    package func verdict() -> ChainVerdict {
        let chain = PEMBlocks.certificates(in: chain).map { $0.flatMap(ChainCertificate.init(der:)) }
        let anchors = TrustedAuthorities(pem: authorities, for: chain)
        var verdict = ChainVerdict()
        if anchors.isEmpty { verdict.add(CertificateProblem(.noAuthorities), nil) }
        guard let first = chain.first else {
            verdict.add(CertificateProblem(.certificateUnparsable), nil)
            return verdict
        }
        guard let leaf = first else {
            verdict.add(CertificateProblem(.certificateMalformed), .chain(0))
            return verdict
        }
        verdict.reasons += Self.damaged(chain, anchors)
        judge(leaf, PathBuilder(chain: chain, authorities: anchors.certificates, time: time), &verdict)
        return verdict
    }

    /// A certificate that the path may do without, so that it alone refuses nothing.
    private static func damaged(_ chain: [ChainCertificate?], _ anchors: TrustedAuthorities) -> [ChainReason] {
        let places =
            chain.indices.filter { chain[$0] == nil }.map(CertificatePlace.chain)
            + anchors.damaged.map(CertificatePlace.authority)
        return places.map { ChainReason(CertificateProblem(.certificateMalformed, .warning), at: .init($0, nil)) }
    }

    private func judge(_ leaf: ChainCertificate, _ start: PathBuilder, _ verdict: inout ChainVerdict) {
        var builder = start
        var best: PathJudgement?
        builder.search { path in
            let certificates = path.places.compactMap { start.certificate($0) }
            let judgement = PathJudgement(path: path, certificates: certificates, time: time)
            if best.map({ judgement.errorCount < $0.errorCount }) ?? true { best = judgement }
            return judgement.errorCount == 0
        }
        if let best {
            verdict.path = best.certificates.map(\.subject)
            verdict.reasons += best.reasons + Self.disorder(best, start.chain)
        } else {
            let lints = CertificateLints(certificate: leaf, role: .leaf, time: time).problems
            for problem in lints { verdict.add(problem, .chain(0)) }
            verdict.add(Self.dead(leaf, builder), .chain(0))
        }
        if let host, let problem = HostMatch.problem(host, leaf) { verdict.add(problem, .chain(0)) }
        verdict.isAccepted = best != nil && verdict.reasons.allSatisfy { $0.problem.severity != .error }
    }

    /// What a server should not send, or not so: clients put up with it, and pay for it at each connection.
    private static func disorder(_ best: PathJudgement, _ chain: [ChainCertificate?]) -> [ChainReason] {
        let order = best.path.places.compactMap { if case .chain(let index) = $0 { index } else { nil } }
        var reasons: [ChainReason] = []
        if order != order.sorted() {
            let text = order.map(String.init).joined(separator: ", ")
            let problem = CertificateProblem(.chainOutOfOrder, .warning, "the path leads over \(text)")
            reasons.append(ChainReason(problem, at: nil))
        }
        for (index, certificate) in chain.enumerated().dropFirst() {
            guard let certificate, certificate.isSelfSigned else { continue }
            let problem = CertificateProblem(.rootIncluded, .warning, certificate.subject)
            reasons.append(ChainReason(problem, at: .init(.chain(index), nil)))
        }
        return reasons
    }

    /// Why no path was found.
    private static func dead(_ leaf: ChainCertificate, _ builder: PathBuilder) -> CertificateProblem {
        if builder.forgeries.contains(.chain(0)) { return CertificateProblem(.signatureInvalid) }
        return CertificateProblem(.noPath, .error, leaf.handle.issuer)
    }
}

/// Whether the certificate is for the host that was asked for.
enum HostMatch {
    static func problem(_ host: String, _ leaf: ChainCertificate) -> CertificateProblem? {
        let isAddress = CertificateName.normalisedAddress(host) != nil
        // A leading dot would make OpenSSL look for any name below.
        let isAsked = isAddress || DNSRules.isHostName(Array(host.utf8))
        return isAsked && leaf.handle.covers(host) ? nil : CertificateProblem(.nameMismatch, .error, host)
    }
}
