/// Everything that is wrong with the certificate that a server is to show, or shows: what browsers refuse as errors, what
/// else the rules forbid as warnings.
package struct CertificateExamination: Sendable {
    /// The leaf, then its chain, in PEM.
    package var certificatePEM: [UInt8]
    /// nil where there is none to look at, as of a certificate that came over the network.
    package var keyPEM: [UInt8]?
    /// Every host that it is to be for; none leaves the names uncompared.
    package var hosts: [String]
    /// Seconds since 1970.
    package var now: Int64
    /// Trusted authorities in PEM; nil leaves trust unasked.
    package var anchorsPEM: [UInt8]?

    package init(
        certificatePEM: [UInt8], keyPEM: [UInt8]?, hosts: [String], now: Int64, anchorsPEM: [UInt8]?
    ) {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
        self.hosts = hosts
        self.now = now
        self.anchorsPEM = anchorsPEM
    }

    package func report() -> CertificateReport {
        var report = CertificateInspection.inspect(
            certificatePEM: certificatePEM, keyPEM: keyPEM ?? [], host: "", now: now, anchorsPEM: nil)
        report.problems.removeAll { problem in
            problem.code == .nameMismatch || keyPEM == nil && problem.code == .keyUnparsable
        }
        let chain = PEMBlocks.certificates(in: certificatePEM).map { $0.flatMap(ChainCertificate.init(der:)) }
        guard let first = chain.first, let leaf = first else { return report }
        report.problems += hosts.compactMap { HostMatch.problem($0, leaf) }
        for problem in rules(leaf, chain) where !report.problems.contains(where: { $0.code == problem.code }) {
            report.problems.append(problem)
        }
        // Who vouches for itself is trusted by those who were told to, or by nobody.
        if let anchorsPEM, !leaf.isSelfSigned {
            let handles = chain.compactMap { $0?.handle }
            let problems = TrustInspection.problems(chain: handles, anchorsPEM: anchorsPEM, now: now)
            // A leaf straight from a root that is trusted lacks nothing.
            if problems.isEmpty {
                report.problems.removeAll { $0.code == .chainIncomplete && $0.severity == .warning }
            }
            report.problems += problems
        }
        return report
    }

    private func rules(_ leaf: ChainCertificate, _ chain: [ChainCertificate?]) -> [CertificateProblem] {
        let own = CertificateLints(certificate: leaf, role: .leaf, time: now).problems
        let others = chain.dropFirst().compactMap(\.self).flatMap { certificate in
            let role: PathRole = certificate.isSelfSigned ? .anchor : .intermediate
            // Its dates are told with its name, by the inspection of the chain.
            return CertificateLints(certificate: certificate, role: role, time: now).problems.filter {
                $0.code != .expired && $0.code != .notYetValid
            }
        }
        return own.compactMap { weigh($0, of: leaf) } + others.compactMap { weigh($0, of: nil) }
    }

    /// The lifetimes of public authorities do not bind one's own; Apple's 825 days do (support.apple.com/103769).
    private func weigh(_ problem: CertificateProblem, of leaf: ChainCertificate?) -> CertificateProblem? {
        var problem = problem
        if problem.code == .lifetimeTooLong, let leaf {
            let seconds = leaf.contents.notAfter.seconds - leaf.contents.notBefore.seconds + 1
            let isLonger = seconds > 825 * 86_400
            if leaf.isSelfSigned && !isLonger { return nil }
            problem.severity = isLonger ? .error : .warning
        } else if !Self.refused.contains(problem.code) {
            problem.severity = .warning
        }
        return problem
    }

    /// What browsers refuse, whoever issued it.
    private static let refused: Set<CertificateProblem.Code> = [
        .certificateMalformed, .noNames, .expired, .notYetValid, .validityInverted, .weakKey, .weakSignature,
        .isAuthority, .noServerUsage, .versionNot3, .extensionDuplicate, .extensionMalformed,
        .extensionUnknownCritical, .signatureAlgorithmMismatch, .signatureAlgorithmForbidden, .keyForbidden,
        .keyMalformed, .keyUsageEmpty, .keyUsageUnsuited, .notAuthority, .basicConstraintsMissing,
        .authorityCannotSign, .usageNotNested, .signatureInvalid, .nameHoldsNUL, .constraintsMalformed,
    ]
}
