import COpenSSL
import OpenSSL

/// OpenSSL's own judgement of one path, under its strict rules, security level 2 and the policies that the authorities
/// demand. Dates are left out: OpenSSL holds a certificate for expired in its last second, which still counts.
struct OpenSSLPathCheck {
    /// The leaf first, the anchor last.
    var path: [ChainCertificate]

    /// One thing that OpenSSL found, and the number of the certificate in the path.
    struct Finding: Hashable {
        var code: Int32
        var depth: Int
    }

    func findings() -> [Finding] {
        defer { ERR_clear_error() }
        let failure = [Finding(code: X509_V_ERR_UNSPECIFIED, depth: 0)]
        guard let leaf = path.first, let anchor = path.last, let store = X509_STORE_new() else { return failure }
        defer { X509_STORE_free(store) }
        guard X509_STORE_add_cert(store, anchor.handle.pointer) == 1, let stack = shim_x509_stack_new() else {
            return failure
        }
        defer { shim_x509_stack_free(stack) }
        for certificate in path.dropFirst().dropLast() { shim_x509_stack_push(stack, certificate.handle.pointer) }
        guard let context = X509_STORE_CTX_new() else { return failure }
        defer { X509_STORE_CTX_free(context) }
        guard X509_STORE_CTX_init(context, store, leaf.handle.pointer, stack) == 1 else { return failure }
        setRules(X509_STORE_CTX_get0_param(context))
        return withExtendedLifetime(path) { Self.run(context) } ?? failure
    }

    private func setRules(_ rules: OpaquePointer?) {
        X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER)
        // The path was found already, so its end is the anchor, self-signed or not.
        X509_VERIFY_PARAM_set_flags(
            rules,
            UInt(X509_V_FLAG_X509_STRICT | X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_POLICY_CHECK)
                | UInt(X509_V_FLAG_NO_CHECK_TIME))
        X509_VERIFY_PARAM_set_auth_level(rules, 2)
        X509_VERIFY_PARAM_set_hostflags(rules, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
    }

    /// nil where OpenSSL refuses without saying why.
    private static func run(_ context: OpaquePointer) -> [Finding]? {
        var findings: [Finding] = []
        let isVerified = withUnsafeMutablePointer(to: &findings) { list in
            X509_STORE_CTX_set_ex_data(context, 0, list)
            X509_STORE_CTX_set_verify_cb(context, collect)
            return X509_verify_cert(context) == 1
        }
        if findings.isEmpty && !isVerified {
            let code = X509_STORE_CTX_get_error(context)
            return code == X509_V_OK ? nil : [Finding(code: code, depth: 0)]
        }
        return findings
    }
}

/// Notes what is wrong and goes on, so that everything is told at once.
private func collect(_ isFine: Int32, _ context: OpaquePointer?) -> Int32 {
    guard isFine == 0, let data = X509_STORE_CTX_get_ex_data(context, 0) else { return 1 }
    let findings = data.assumingMemoryBound(to: [OpenSSLPathCheck.Finding].self)
    let depth = Int(X509_STORE_CTX_get_error_depth(context))
    findings.pointee.append(.init(code: X509_STORE_CTX_get_error(context), depth: depth))
    return 1
}

extension OpenSSLPathCheck.Finding {
    /// What our own rules call the same thing; `untrusted` with OpenSSL's words for the rest.
    var problem: CertificateProblem {
        if let own = Self.codes[code] { return CertificateProblem(own) }
        let reason = X509_verify_cert_error_string(Int(code)).map { String(cString: $0) }
        return CertificateProblem(.untrusted, .error, reason ?? "unknown")
    }

    private static let codes: [Int32: CertificateProblem.Code] = [
        X509_V_ERR_CERT_SIGNATURE_FAILURE: .signatureInvalid,
        X509_V_ERR_PATH_LENGTH_EXCEEDED: .pathLengthExceeded,
        X509_V_ERR_AKID_SKID_MISMATCH: .authorityKeyMismatch,
        X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION: .extensionUnknownCritical,
        X509_V_ERR_INVALID_EXTENSION: .extensionMalformed,
        X509_V_ERR_INVALID_POLICY_EXTENSION: .policyRefused,
        X509_V_ERR_NO_EXPLICIT_POLICY: .policyRefused,
        X509_V_ERR_PERMITTED_VIOLATION: .constraintViolated,
        X509_V_ERR_EXCLUDED_VIOLATION: .constraintViolated,
        X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE: .constraintViolated,
        X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX: .constraintsMalformed,
        X509_V_ERR_UNSUPPORTED_NAME_SYNTAX: .nameMalformed,
        X509_V_ERR_EE_KEY_TOO_SMALL: .weakKey,
        X509_V_ERR_CA_KEY_TOO_SMALL: .weakKey,
        X509_V_ERR_CA_MD_TOO_WEAK: .weakSignature,
        X509_V_ERR_SIGNATURE_ALGORITHM_MISMATCH: .signatureAlgorithmMismatch,
        X509_V_ERR_SIGNATURE_ALGORITHM_INCONSISTENCY: .signatureAlgorithmMismatch,
        X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: .keyMalformed,
        X509_V_ERR_EC_KEY_EXPLICIT_PARAMS: .keyForbidden,
        X509_V_ERR_MISSING_AUTHORITY_KEY_IDENTIFIER: .authorityKeyMissing,
        X509_V_ERR_MISSING_SUBJECT_KEY_IDENTIFIER: .subjectKeyMissing,
        X509_V_ERR_AUTHORITY_KEY_IDENTIFIER_CRITICAL: .extensionMustNotBeCritical,
        X509_V_ERR_SUBJECT_KEY_IDENTIFIER_CRITICAL: .extensionMustNotBeCritical,
        X509_V_ERR_CA_BCONS_NOT_CRITICAL: .extensionMustBeCritical,
        X509_V_ERR_CA_CERT_MISSING_KEY_USAGE: .keyUsageMissing,
        X509_V_ERR_KEYUSAGE_NO_CERTSIGN: .authorityCannotSign,
        X509_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA: .signsWithoutAuthority,
        X509_V_ERR_PATHLEN_INVALID_FOR_NON_CA: .pathLengthWithoutAuthority,
        X509_V_ERR_PATHLEN_WITHOUT_KU_KEY_CERT_SIGN: .authorityCannotSign,
        X509_V_ERR_EXTENSIONS_REQUIRE_VERSION_3: .extensionsNeedVersion3,
        X509_V_ERR_ISSUER_NAME_EMPTY: .issuerEmpty,
        X509_V_ERR_SUBJECT_NAME_EMPTY: .subjectEmpty,
        X509_V_ERR_EMPTY_SUBJECT_SAN_NOT_CRITICAL: .namesNotCritical,
        X509_V_ERR_EMPTY_SUBJECT_ALT_NAME: .noNames,
    ]
}
