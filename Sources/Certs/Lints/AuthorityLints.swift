/// What is wrong with the certificate of an authority (RFC 5280 §4.2.1, CA/Browser Forum 7.1.2.1 and 7.1.2.6).
struct AuthorityLints {
    var contents: CertificateContents
    var extensions: KnownExtensions
    /// Whether it is the trusted end of the path.
    var isAnchor: Bool

    var problems: [CertificateProblem] { constraintProblems + usageProblems + nameProblems }

    private var constraintProblems: [CertificateProblem] {
        guard let constraints = extensions.basicConstraints else {
            let isTold = extensions.malformed.contains(.basicConstraints)
            return isTold ? [] : [CertificateProblem(.basicConstraintsMissing)]
        }
        if !constraints.isAuthority { return [CertificateProblem(.notAuthority)] }
        let isCritical = contents.find(.basicConstraints)?.isCritical ?? false
        return isCritical ? [] : [CertificateProblem(.extensionMustBeCritical, .error, OID.basicConstraints.name)]
    }

    private var usageProblems: [CertificateProblem] {
        var problems: [CertificateProblem] = []
        if let usage = extensions.keyUsage {
            if !usage.certificateSigning { problems.append(CertificateProblem(.authorityCannotSign)) }
        } else if !extensions.malformed.contains(.keyUsage) {
            problems.append(CertificateProblem(.keyUsageMissing))
        }
        guard let usages = extensions.extendedUsages else { return problems }
        let isRoot = isAnchor && contents.isSelfIssued
        if isRoot {
            problems.append(CertificateProblem(.usageInRoot))
        } else if !usages.contains(.serverUsage), !usages.contains(.anyUsage) {
            problems.append(
                CertificateProblem(.usageNotNested, .error, usages.map(\.name).joined(separator: ", ")))
        }
        return problems
    }

    private var nameProblems: [CertificateProblem] {
        var problems: [CertificateProblem] = []
        if contents.subject.isEmpty { problems.append(CertificateProblem(.subjectEmpty)) }
        if extensions.subjectKey == nil, !extensions.malformed.contains(.subjectKey) {
            problems.append(CertificateProblem(.subjectKeyMissing))
        }
        return problems
    }
}
