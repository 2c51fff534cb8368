/// What is wrong with the certificate of a server (RFC 5280 §4.2.1, CA/Browser Forum 7.1.2.7).
struct LeafLints {
    var contents: CertificateContents
    var extensions: KnownExtensions

    var problems: [CertificateProblem] {
        nameProblems + commonNameProblems + authorityProblems + keyUsageProblems + usageProblems + lifetimeProblems
    }

    // MARK: - Names

    private var nameProblems: [CertificateProblem] {
        if extensions.malformed.contains(.subjectNames) { return [] }
        let names = extensions.subjectNames ?? []
        let isNamed = names.contains { $0.kind == 2 || $0.kind == 7 }
        return (isNamed ? [] : [CertificateProblem(.noNames)]) + names.compactMap(Self.problem) + criticalProblems
    }

    /// Critical is what carries the whole identity, and nothing else is.
    private var criticalProblems: [CertificateProblem] {
        guard let isCritical = contents.find(.subjectNames)?.isCritical else { return [] }
        if contents.subject.isEmpty { return isCritical ? [] : [CertificateProblem(.namesNotCritical)] }
        return isCritical ? [CertificateProblem(.namesCritical)] : []
    }

    private static func problem(_ name: GeneralName) -> CertificateProblem? {
        let text = name.description
        switch name {
        case .dns(let bytes):
            return DNSRules.fault(bytes).map { fault in
                switch fault {
                case .isAddress: CertificateProblem(.nameIsAddress, .error, text)
                case .wildcardMisplaced: CertificateProblem(.wildcardMisplaced, .error, text)
                case .wildcardTooBroad: CertificateProblem(.wildcardTooBroad, .error, text)
                case .notAHostName: CertificateProblem(.nameMalformed, .error, text)
                }
            }
        case .address(let bytes):
            return GeneralName.addressText(bytes) == nil
                ? CertificateProblem(.addressMalformed, .error, text) : nil
        case .email(let bytes):
            return MailRules.isMailbox(bytes) ? nil : CertificateProblem(.nameMalformed, .error, text)
        case .directory, .uri, .other: return nil
        }
    }

    private var commonNameProblems: [CertificateProblem] {
        let rule = CommonNameRule(extensions.subjectNames ?? [])
        return contents.subject.commonNames.compactMap(rule.problem)
    }

    // MARK: - What it may be used for

    private var authorityProblems: [CertificateProblem] {
        extensions.isAuthority ? [CertificateProblem(.isAuthority)] : []
    }

    private var keyUsageProblems: [CertificateProblem] {
        guard let usage = extensions.keyUsage, !usage.isEmpty else { return [] }
        let isSuited =
            if case .rsa = PublicKeyFacts(contents.publicKey).kind {
                usage.digitalSignature || usage.keyEncipherment
            } else {
                usage.digitalSignature
            }
        return isSuited ? [] : [CertificateProblem(.keyUsageUnsuited)]
    }

    private var usageProblems: [CertificateProblem] {
        guard let usages = extensions.extendedUsages else {
            let isTold = extensions.malformed.contains(.extendedKeyUsage)
            return isTold ? [] : [CertificateProblem(.usageMissing)]
        }
        var problems: [CertificateProblem] = []
        if !usages.contains(.serverUsage) { problems.append(CertificateProblem(.noServerUsage)) }
        if usages.contains(.anyUsage) { problems.append(CertificateProblem(.usageAny)) }
        let foreign = usages.filter { ![.serverUsage, .clientUsage, .anyUsage].contains($0) }
        if !foreign.isEmpty {
            let names = foreign.map(\.name).joined(separator: ", ")
            let isForbidden = !Self.forbiddenUsages.isDisjoint(with: foreign)
            problems.append(CertificateProblem(.usageForbidden, isForbidden ? .error : .warning, names))
        }
        if contents.find(.extendedKeyUsage)?.isCritical ?? false {
            problems.append(CertificateProblem(.extensionMustNotBeCritical, .error, OID.extendedKeyUsage.name))
        }
        return problems
    }

    private static let forbiddenUsages: Set<OID> = [
        "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9",
        "1.3.6.1.4.1.11129.2.4.4",
    ]

    // MARK: - Lifetime

    private var lifetimeProblems: [CertificateProblem] {
        let (begin, end) = (contents.notBefore.seconds, contents.notAfter.seconds)
        guard let limit = LifetimeLimit.days(issued: begin), end - begin + 1 > Int64(limit) * 86_400 else {
            return []
        }
        let days = (end - begin + 86_400) / 86_400
        return [CertificateProblem(.lifetimeTooLong, .error, "\(days) days, of \(limit) allowed at its issue")]
    }
}

/// How long a certificate of a public authority may live, by the day of its issue (CA/Browser Forum 6.3.2, SC-081v3).
package enum LifetimeLimit {
    private static let steps: [(from: Int64, days: Int)] = [
        (1_341_100_800, 1827),  // 2012-07-01: 60 months
        (1_427_846_400, 1188),  // 2015-04-01: 39 months
        (1_519_862_400, 825),  // 2018-03-01
        (1_598_918_400, 398),  // 2020-09-01
        (1_773_532_800, 200),  // 2026-03-15
        (1_805_068_800, 100),  // 2027-03-15
        (1_868_227_200, 47),  // 2029-03-15
    ]

    /// nil for a day before there was a limit.
    package static func days(issued: Int64) -> Int? { steps.last { $0.from <= issued }?.days }
}
