/// The words for what `certs verify` finds. The context follows the reason after a colon.
enum CertificateRuleTexts {
    /// What to do, by whose hand it is.
    enum Fix: Sendable {
        case issueAgain, issueAuthorityAgain, namesAgain, keyAgain, bringIntermediates, ownAuthority, shorter

        var text: String {
            switch self {
            case .issueAgain: "have the certificate issued again by an authority that keeps RFC 5280"
            case .issueAuthorityAgain: "take another intermediate of the authority, or another authority"
            case .namesAgain:
                "have it issued again with its hosts as DNS names and addresses in the subjectAltName"
            case .keyAgain:
                "make a new key, P-256 or RSA of 2048 bits or more, and have a certificate issued for it"
            case .bringIntermediates:
                "give the intermediates of this authority after the leaf, and its root as --ca"
            case .ownAuthority: "give the trusted authority's certificate in PEM: --ca FILE"
            case .shorter: "have it issued again for a shorter time, and let it be renewed by itself"
            }
        }
    }

    struct Text: Sendable {
        var reason: String
        var fix: Fix

        init(_ reason: String, _ fix: Fix) {
            self.reason = reason
            self.fix = fix
        }
    }

    static let all = [structure, strength, extensions, authorities, names].reduce(into: [:]) { all, part in
        all.merge(part) { first, _ in first }
    }

    private typealias Texts = [CertificateProblem.Code: Text]

    private static let structure: Texts = [
        .certificateMalformed: Text("the certificate is damaged: it is no X.509 in strict DER", .issueAgain),
        .noAuthorities: Text("there is no authority to trust that can be read", .ownAuthority),
        .noPath: Text("no trusted authority is reached; there is no usable certificate of", .bringIntermediates),
        .signatureInvalid: Text("the signature was not made by the issuer's key", .issueAgain),
        .versionNot3: Text("the certificate is not of version 3", .issueAgain),
        .extensionsNeedVersion3: Text("the certificate has extensions, which only version 3 knows", .issueAgain),
        .uniqueIdentifier: Text("the certificate has a unique identifier, which nobody may issue", .issueAgain),
        .serialZero: Text("the serial number is zero", .issueAgain),
        .serialNegative: Text("the serial number is negative", .issueAgain),
        .serialTooLong: Text("the serial number has more than 20 octets", .issueAgain),
        .timeEncoding: Text("a date has the wrong form: UTCTime is for years through 2049 only", .issueAgain),
        .validityInverted: Text("the certificate ends before it begins", .issueAgain),
        .lifetimeTooLong: Text("the certificate lives longer than its authority may let it", .shorter),
        .issuerEmpty: Text("the issuer has no name", .issueAgain),
        .subjectEmpty: Text("the authority has no name", .issueAuthorityAgain),
        .nameHoldsNUL: Text("a name holds a NUL, by which programs written in C are deceived", .issueAgain),
    ]

    private static let strength: Texts = [
        .signatureAlgorithmMismatch: Text(
            "the signature's algorithm is not the one that was signed along", .issueAgain),
        .signatureAlgorithmForbidden: Text("the signature is made in a way that browsers refuse", .issueAgain),
        .keyForbidden: Text("the key is of a kind that browsers refuse", .keyAgain),
        .keyMalformed: Text("the public key cannot be read", .keyAgain),
        .keySizeOdd: Text("the RSA modulus does not fill whole octets", .keyAgain),
        .keyUnsupported: Text("browsers do not speak TLS with such a key", .keyAgain),
    ]

    private static let extensions: Texts = [
        .extensionDuplicate: Text("an extension stands in it twice", .issueAgain),
        .extensionMalformed: Text("an extension is damaged", .issueAgain),
        .extensionUnknownCritical: Text("an extension is critical, and nobody knows it", .issueAgain),
        .extensionMustBeCritical: Text("an extension is not critical and should be", .issueAgain),
        .extensionMustNotBeCritical: Text("an extension is critical and must not be", .issueAgain),
        .authorityKeyMissing: Text("the authority's key identifier is missing", .issueAgain),
        .authorityKeyIncomplete: Text("the authorityKeyIdentifier holds no key identifier", .issueAgain),
        .authorityKeyTooMuch: Text(
            "the authorityKeyIdentifier names the issuer's certificate, not only its key", .issueAgain),
        .authorityKeyMismatch: Text("the authority's key identifier is another key's", .issueAgain),
        .keyUsageEmpty: Text("the keyUsage allows nothing", .issueAgain),
        .keyUsageUnsuited: Text("the keyUsage does not allow what TLS does with the key", .issueAgain),
        .usageMissing: Text("the certificate does not say that it is for servers (extKeyUsage)", .issueAgain),
        .usageAny: Text("the certificate is for any use (anyExtendedKeyUsage)", .issueAgain),
        .usageForbidden: Text("the certificate is for other uses than TLS, too", .issueAgain),
        .policyRefused: Text(
            "the authorities of the chain demand policies that are not kept", .issueAuthorityAgain),
    ]

    private static let authorities: Texts = [
        .subjectKeyMissing: Text("the authority's certificate has no subjectKeyIdentifier", .issueAuthorityAgain),
        .basicConstraintsMissing: Text(
            "the authority's certificate does not say that it is one (basicConstraints)", .issueAuthorityAgain),
        .notAuthority: Text("the certificate is not an authority's, and signed another", .issueAuthorityAgain),
        .authorityCannotSign: Text("the authority may not sign certificates (keyCertSign)", .issueAuthorityAgain),
        .keyUsageMissing: Text("the authority's certificate has no keyUsage", .issueAuthorityAgain),
        .signsWithoutAuthority: Text("the certificate may sign others and is not an authority's", .issueAgain),
        .pathLengthWithoutAuthority: Text("a path length stands in what is no authority's", .issueAgain),
        .pathLengthExceeded: Text("the path is longer than an authority in it allows", .issueAuthorityAgain),
        .usageInRoot: Text("the root limits what it is for (extKeyUsage), which only others may", .ownAuthority),
        .usageNotNested: Text("the authority may not issue for servers (extKeyUsage)", .issueAuthorityAgain),
        .constraintsInLeaf: Text("nameConstraints stand in what is no authority's", .issueAgain),
        .constraintsEmpty: Text("the nameConstraints constrain nothing", .issueAuthorityAgain),
        .constraintsMalformed: Text("a name constraint cannot be followed", .issueAuthorityAgain),
        .constraintsTooMany: Text("there are too many names and constraints to compare", .issueAuthorityAgain),
        .constraintViolated: Text("the authority may not certify this name", .namesAgain),
    ]

    private static let names: Texts = [
        .namesNotCritical: Text("the subject is empty, and the subjectAltName is not critical", .issueAgain),
        .namesCritical: Text("the subjectAltName is critical beside a subject", .issueAgain),
        .nameMalformed: Text("a name is none that a host can have", .namesAgain),
        .nameIsAddress: Text("an address stands where DNS names do", .namesAgain),
        .addressMalformed: Text("an address is neither IPv4 nor IPv6", .namesAgain),
        .wildcardMisplaced: Text("a wildcard stands elsewhere than as the whole first label", .namesAgain),
        .wildcardTooBroad: Text("a wildcard stands for a whole top-level domain", .namesAgain),
        .commonNameNotListed: Text("the common name is not among the names of the subjectAltName", .namesAgain),
    ]
}
