/// What stands in a certificate and its key, and what is wrong with them.
package struct CertificateReport: Equatable, Sendable {
    /// RFC 4514 text, control characters escaped. Empty, as all that follows, where no certificate could be read.
    package var subject = ""
    package var issuer = ""
    /// DNS names and IP addresses of the subjectAltName.
    package var names: [String] = []
    /// Seconds since 1970: the first and the last second of its life.
    package var notBefore: Int64 = 0
    package var notAfter: Int64 = 0
    package var isSelfSigned = false
    /// SHA-256 of the certificate, 64 hexadecimal digits: tells whether a server shows this very one.
    package var fingerprint = ""
    /// How many certificates the file holds, the leaf included.
    package var chainLength = 0
    package var problems: [CertificateProblem] = []

    package var isUsable: Bool { !problems.contains { $0.severity == .error } }
}

/// One thing that is wrong with a pair.
package struct CertificateProblem: Equatable, Hashable, Sendable {
    package enum Severity: String, Sendable { case error, warning }

    package enum Code: String, Sendable, CaseIterable {
        case certificateUnparsable = "certificate-unparsable"
        case keyUnparsable = "key-unparsable"
        case keyEncrypted = "key-encrypted"
        case keyMismatch = "key-mismatch"
        case noNames = "no-names"
        case nameMismatch = "name-mismatch"
        case notYetValid = "not-yet-valid"
        case expired
        case expiresSoon = "expires-soon"
        case weakKey = "weak-key"
        case weakSignature = "weak-signature"
        case isAuthority = "is-authority"
        case noServerUsage = "no-server-usage"
        case mustStaple = "must-staple"
        case chainOutOfOrder = "chain-out-of-order"
        case chainIncomplete = "chain-incomplete"
        case chainExpired = "chain-expired"
        case rootIncluded = "root-included"
        case stagingIssuer = "staging-issuer"
        case untrusted
        // What only a folder of certbot's can have.
        case linkMissing = "link-missing"
        case linkForeign = "link-foreign"
        case linksDisagree = "links-disagree"
        case linkOutdated = "link-outdated"
        case chainFilesDisagree = "chain-files-disagree"
        case keyReadableByOthers = "key-readable-by-others"
        case folderOpen = "folder-open"
        case pairClosed = "pair-closed"
        case renewalMissing = "renewal-missing"
        case renewalUnreadable = "renewal-unreadable"
        case renewalDisabled = "renewal-disabled"
        case renewalNotScheduled = "renewal-not-scheduled"
        case renewalWithoutHook = "renewal-without-hook"
        // What only a server that runs can have.
        case servedDiffers = "served-differs"
        case servedUnreachable = "served-unreachable"
        // What a verifier stricter than OpenSSL finds; worded in `CertificateRuleTexts`.
        case certificateMalformed = "certificate-malformed"
        case noAuthorities = "no-authorities"
        case noPath = "no-path"
        case signatureInvalid = "signature-invalid"
        case versionNot3 = "version-not-3"
        case extensionsNeedVersion3 = "extensions-need-version-3"
        case uniqueIdentifier = "unique-identifier"
        case serialZero = "serial-zero"
        case serialNegative = "serial-negative"
        case serialTooLong = "serial-too-long"
        case timeEncoding = "time-encoding"
        case validityInverted = "validity-inverted"
        case lifetimeTooLong = "lifetime-too-long"
        case issuerEmpty = "issuer-empty"
        case subjectEmpty = "subject-empty"
        case nameHoldsNUL = "name-holds-nul"
        case signatureAlgorithmMismatch = "signature-algorithm-mismatch"
        case signatureAlgorithmForbidden = "signature-algorithm-forbidden"
        case keyForbidden = "key-forbidden"
        case keyMalformed = "key-malformed"
        case keySizeOdd = "key-size-odd"
        case keyUnsupported = "key-unsupported"
        case extensionDuplicate = "extension-duplicate"
        case extensionMalformed = "extension-malformed"
        case extensionUnknownCritical = "extension-unknown-critical"
        case extensionMustBeCritical = "extension-must-be-critical"
        case extensionMustNotBeCritical = "extension-must-not-be-critical"
        case authorityKeyMissing = "authority-key-missing"
        case authorityKeyIncomplete = "authority-key-incomplete"
        case authorityKeyTooMuch = "authority-key-too-much"
        case authorityKeyMismatch = "authority-key-mismatch"
        case subjectKeyMissing = "subject-key-missing"
        case basicConstraintsMissing = "basic-constraints-missing"
        case notAuthority = "not-an-authority"
        case authorityCannotSign = "authority-cannot-sign"
        case keyUsageMissing = "key-usage-missing"
        case keyUsageEmpty = "key-usage-empty"
        case keyUsageUnsuited = "key-usage-unsuited"
        case signsWithoutAuthority = "signs-without-authority"
        case pathLengthWithoutAuthority = "path-length-without-authority"
        case pathLengthExceeded = "path-length-exceeded"
        case usageMissing = "usage-missing"
        case usageAny = "usage-any"
        case usageForbidden = "usage-forbidden"
        case usageInRoot = "usage-in-root"
        case usageNotNested = "usage-not-nested"
        case namesNotCritical = "names-not-critical"
        case namesCritical = "names-critical"
        case nameMalformed = "name-malformed"
        case nameIsAddress = "name-is-address"
        case addressMalformed = "address-malformed"
        case wildcardMisplaced = "wildcard-misplaced"
        case wildcardTooBroad = "wildcard-too-broad"
        case commonNameNotListed = "common-name-not-listed"
        case constraintsInLeaf = "constraints-in-leaf"
        case constraintsEmpty = "constraints-empty"
        case constraintsMalformed = "constraints-malformed"
        case constraintsTooMany = "constraints-too-many"
        case constraintViolated = "constraint-violated"
        case policyRefused = "policy-refused"
    }

    package var code: Code
    package var severity: Severity
    /// What it is about, such as the host that no name covers; empty where the code says all.
    package var context: String

    package init(_ code: Code, _ severity: Severity = .error, _ context: String = "") {
        self.code = code
        self.severity = severity
        self.context = context
    }
}
