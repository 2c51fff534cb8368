/// Where in a path a certificate stands.
enum PathRole: Sendable {
    case leaf
    case intermediate
    /// The trusted end. What it says is judged, its own signature is not: nothing depends on it.
    case anchor
}

/// What is wrong with one certificate, whatever stands beside it.
struct CertificateLints {
    var certificate: ChainCertificate
    var role: PathRole
    /// Seconds since 1970.
    var time: Int64

    private var contents: CertificateContents { certificate.contents }
    private var extensions: KnownExtensions { certificate.extensions }

    var problems: [CertificateProblem] {
        structureProblems + serialProblems + dateProblems + nameProblems + strengthProblems
            + ExtensionLints(contents: contents, extensions: extensions, isSelfSigned: certificate.isSelfSigned)
            .problems + roleProblems
    }

    private var roleProblems: [CertificateProblem] {
        role == .leaf
            ? LeafLints(contents: contents, extensions: extensions).problems
            : AuthorityLints(contents: contents, extensions: extensions, isAnchor: role == .anchor).problems
    }

    private var structureProblems: [CertificateProblem] {
        var problems: [CertificateProblem] = []
        if contents.version != 3 {
            problems.append(CertificateProblem(.versionNot3, .error, "version \(contents.version)"))
            if !contents.extensions.isEmpty { problems.append(CertificateProblem(.extensionsNeedVersion3)) }
        }
        if contents.hasUniqueIdentifier { problems.append(CertificateProblem(.uniqueIdentifier)) }
        return problems
    }

    /// Some roots that every browser trusts have the serial number 0, so an anchor's is only warned about.
    private var serialProblems: [CertificateProblem] {
        let serial = contents.serialNumber
        let severity: CertificateProblem.Severity = role == .anchor ? .warning : .error
        var problems: [CertificateProblem] = []
        if serial.allSatisfy({ $0 == 0 }) { problems.append(CertificateProblem(.serialZero, severity)) }
        if serial.first.map({ $0 >= 0x80 }) ?? false {
            problems.append(CertificateProblem(.serialNegative, severity))
        }
        if serial.count > 20 {
            problems.append(CertificateProblem(.serialTooLong, severity, "\(serial.count) octets"))
        }
        return problems
    }

    private var dateProblems: [CertificateProblem] {
        let (begin, end) = (contents.notBefore, contents.notAfter)
        var problems: [CertificateProblem] = []
        if !begin.isWrittenWell || !end.isWrittenWell { problems.append(CertificateProblem(.timeEncoding)) }
        if begin.seconds > end.seconds { problems.append(CertificateProblem(.validityInverted)) }
        if time < begin.seconds {
            problems.append(CertificateProblem(.notYetValid, .error, DayText.text(of: begin.seconds)))
        }
        if time > end.seconds {
            problems.append(CertificateProblem(.expired, .error, DayText.text(of: end.seconds)))
        }
        return problems
    }

    private var nameProblems: [CertificateProblem] {
        var problems: [CertificateProblem] = []
        if contents.issuer.isEmpty { problems.append(CertificateProblem(.issuerEmpty)) }
        if contents.issuer.holdsNUL || contents.subject.holdsNUL {
            problems.append(CertificateProblem(.nameHoldsNUL))
        }
        return problems
    }

    private var strengthProblems: [CertificateProblem] {
        let signature = SignatureAlgorithmFacts.problems(contents)
        // An anchor is trusted for being known, not for its signature: SHA-1 roots are still about.
        let relevant = role == .anchor ? signature.filter { $0.code == .signatureAlgorithmMismatch } : signature
        return relevant + PublicKeyFacts(contents.publicKey).problems
    }
}
