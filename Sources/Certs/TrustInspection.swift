import COpenSSL
import OpenSSL

/// Whether a chain verifies up to an authority that is trusted.
enum TrustInspection {
    static func problems(chain: [CertificateHandle], anchorsPEM: [UInt8], now: Int64) -> [CertificateProblem] {
        defer { ERR_clear_error() }
        guard let leaf = chain.first, let store = X509_STORE_new() else { return [] }
        defer { X509_STORE_free(store) }
        let anchors = TrustedAuthorities(pem: anchorsPEM, for: chain.map { ChainCertificate($0) })
        for anchor in anchors.certificates { _ = anchor?.handle.with { X509_STORE_add_cert(store, $0) } }
        guard let stack = shim_x509_stack_new() else { return [] }
        defer { shim_x509_stack_free(stack) }
        for certificate in chain.dropFirst() { shim_x509_stack_push(stack, certificate.pointer) }
        guard let context = X509_STORE_CTX_new() else { return [] }
        defer { X509_STORE_CTX_free(context) }
        guard X509_STORE_CTX_init(context, store, leaf.pointer, stack) == 1 else { return [] }
        setRules(X509_STORE_CTX_get0_param(context), now: now)
        let isVerified = withExtendedLifetime(chain) { X509_verify_cert(context) == 1 }
        if isVerified { return [] }
        let reason = X509_verify_cert_error_string(Int(X509_STORE_CTX_get_error(context)))
        return [CertificateProblem(.untrusted, .error, reason.map { String(cString: $0) } ?? "unknown")]
    }

    private static func setRules(_ rules: OpaquePointer?, now: Int64) {
        X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER)
        X509_VERIFY_PARAM_set_flags(rules, UInt(X509_V_FLAG_X509_STRICT))
        X509_VERIFY_PARAM_set_auth_level(rules, 2)
        X509_VERIFY_PARAM_set_time(rules, Int(now))
    }
}
