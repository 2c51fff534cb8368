/// What is wrong with the extensions of any certificate (RFC 5280 §4.2).
struct ExtensionLints {
    var contents: CertificateContents
    var extensions: KnownExtensions
    var isSelfSigned: Bool

    /// What is understood here or by OpenSSL, and may therefore be critical.
    private static let understood: Set<OID> = [
        .subjectKey, .keyUsage, .subjectNames, .basicConstraints, .nameConstraints, .distributionPoints, .policies,
        .policyMappings, .authorityKey, .policyConstraints, .extendedKeyUsage, .inhibitAnyPolicy, .authorityAccess,
        .tlsFeature,
    ]
    private static let neverCritical: Set<OID> = [.subjectKey, .authorityKey, .authorityAccess]
    private static let alwaysCritical: Set<OID> = [.policyConstraints, .inhibitAnyPolicy]

    var problems: [CertificateProblem] {
        formProblems + criticalProblems + authorityKeyProblems + constraintProblems + authorityProblems
    }

    private var formProblems: [CertificateProblem] {
        var seen: Set<OID> = []
        let duplicates = contents.extensions.map(\.identifier).filter { !seen.insert($0).inserted }
        return duplicates.map { CertificateProblem(.extensionDuplicate, .error, $0.name) }
            + extensions.malformed.map { CertificateProblem(.extensionMalformed, .error, $0.name) }
    }

    private var criticalProblems: [CertificateProblem] {
        contents.extensions.compactMap { part in
            let name = part.identifier.name
            if part.isCritical {
                if !Self.understood.contains(part.identifier) {
                    return CertificateProblem(.extensionUnknownCritical, .error, name)
                }
                let isWrong = Self.neverCritical.contains(part.identifier)
                return isWrong ? CertificateProblem(.extensionMustNotBeCritical, .error, name) : nil
            }
            if Self.alwaysCritical.contains(part.identifier) {
                return CertificateProblem(.extensionMustBeCritical, .error, name)
            }
            // The CA/Browser Forum lets nameConstraints be not critical, for old clients; keyUsage is a SHOULD.
            let isOdd = part.identifier == .nameConstraints || part.identifier == .keyUsage
            return isOdd ? CertificateProblem(.extensionMustBeCritical, .warning, name) : nil
        }
    }

    private var authorityKeyProblems: [CertificateProblem] {
        guard let key = extensions.authorityKey else {
            // Who signed itself needs none; a malformed one is told as such.
            let isTold = isSelfSigned || extensions.malformed.contains(.authorityKey)
            return isTold ? [] : [CertificateProblem(.authorityKeyMissing)]
        }
        var problems: [CertificateProblem] = []
        if key.keyIdentifier == nil { problems.append(CertificateProblem(.authorityKeyIncomplete)) }
        if key.hasIssuerOrSerial { problems.append(CertificateProblem(.authorityKeyTooMuch)) }
        if isSelfSigned, let identifier = key.keyIdentifier, let subject = extensions.subjectKey,
            identifier != subject
        {
            problems.append(CertificateProblem(.authorityKeyMismatch))
        }
        return problems
    }

    private var constraintProblems: [CertificateProblem] {
        guard let constraints = extensions.nameConstraints else { return [] }
        if !extensions.isAuthority { return [CertificateProblem(.constraintsInLeaf)] }
        if constraints.isEmpty { return [CertificateProblem(.constraintsEmpty)] }
        return constraints.fault.map { [CertificateProblem(.constraintsMalformed, .error, $0)] } ?? []
    }

    /// What says that it is an authority in one place must not say otherwise in another.
    private var authorityProblems: [CertificateProblem] {
        var problems: [CertificateProblem] = []
        let signs = extensions.keyUsage?.certificateSigning ?? false
        if signs && !extensions.isAuthority { problems.append(CertificateProblem(.signsWithoutAuthority)) }
        if extensions.basicConstraints?.pathLength != nil, !extensions.isAuthority {
            problems.append(CertificateProblem(.pathLengthWithoutAuthority))
        }
        if let usage = extensions.keyUsage, usage.isEmpty { problems.append(CertificateProblem(.keyUsageEmpty)) }
        return problems
    }
}
