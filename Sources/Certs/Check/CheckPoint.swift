/// The ten things that `certs check` looks at; a problem belongs to one of them.
package enum CheckPoint: Int, Sendable, CaseIterable {
    case links = 1
    case key, chain, names, dates, strength, permissions, renewal, revocation, served

    package var title: String {
        switch self {
        case .links: "certbot's links lead to one generation, the newest"
        case .key: "the key is the certificate's, and fullchain is cert and chain"
        case .chain: "the chain is complete, in order, signed, and ends at a trusted root that it leaves out"
        case .names: "every host is among the names of the subjectAltName"
        case .dates: "it is valid now, and not due for renewal"
        case .strength: "keys, signatures and extensions are what browsers take"
        case .permissions: "nobody else reads the key; careinit reads the pair, of which nginx gets a copy"
        case .renewal: "it is renewed by itself, and the server told"
        case .revocation: "nothing hangs on OCSP"
        case .served: "the server shows what lies on the disk"
        }
    }
}

extension CertificateProblem.Code {
    package var point: CheckPoint {
        switch self {
        case .linkMissing, .linkForeign, .linksDisagree, .linkOutdated: .links
        case .keyUnparsable, .keyEncrypted, .keyMismatch, .chainFilesDisagree, .certificateUnparsable,
            .certificateMalformed:
            .key
        case .chainOutOfOrder, .chainIncomplete, .chainExpired, .rootIncluded, .untrusted, .noPath,
            .signatureInvalid,
            .noAuthorities, .pathLengthExceeded, .policyRefused, .constraintViolated, .notAuthority,
            .usageNotNested:
            .chain
        case .noNames, .nameMismatch, .namesCritical, .namesNotCritical, .nameMalformed, .nameIsAddress,
            .addressMalformed, .wildcardMisplaced, .wildcardTooBroad, .commonNameNotListed:
            .names
        case .notYetValid, .expired, .expiresSoon, .validityInverted, .timeEncoding, .lifetimeTooLong: .dates
        case .keyReadableByOthers, .folderOpen, .pairClosed: .permissions
        case .renewalMissing, .renewalUnreadable, .renewalDisabled, .renewalNotScheduled, .renewalWithoutHook:
            .renewal
        case .mustStaple: .revocation
        case .servedDiffers, .servedUnreachable: .served
        default: .strength
        }
    }
}
