import COpenSSL
import OpenSSL

/// What a new certificate is to say, before it is signed.
struct CertificateTemplate {
    /// The parts of the subject, such as `("O", "Example Care")`.
    var subject: [(type: String, value: String)]
    /// Seconds since 1970.
    var now: Int64
    var days: Int
    var extensions: [Extension]

    /// One extension, its value in the syntax of x509v3_config(5).
    struct Extension {
        var identifier: Int32
        var value: String

        static let noAuthority = Self(identifier: NID_basic_constraints, value: "critical,CA:FALSE")
        static let authority = Self(identifier: NID_basic_constraints, value: "critical,CA:TRUE,pathlen:0")
        static let signs = Self(identifier: NID_key_usage, value: "critical,digitalSignature")
        static let signsCertificates = Self(identifier: NID_key_usage, value: "critical,keyCertSign,cRLSign")
        static let subjectKey = Self(identifier: NID_subject_key_identifier, value: "hash")
        static let authorityKey = Self(identifier: NID_authority_key_identifier, value: "keyid:always")

        static func usages(_ usages: [CertificateUsage]) -> Self {
            Self(identifier: NID_ext_key_usage, value: usages.map(\.rawValue).joined(separator: ","))
        }

        static func names(_ names: [CertificateName]) -> Self {
            Self(identifier: NID_subject_alt_name, value: names.map(\.configuration).joined(separator: ","))
        }
    }

    /// A clock that runs a little late takes the certificate all the same.
    static let backdating: Int64 = 5 * 60

    /// Signed by the issuer, or by itself where there is none.
    func signed(
        key: PrivateKeyHandle, issuer: (certificate: CertificateHandle, key: PrivateKeyHandle)?
    ) throws(OpenSSLError) -> CertificateHandle {
        let certificate = try CertificateHandle(takingOwnershipOf: X509_new(), from: "X509_new")
        try fillIn(certificate, key: key, issuer: issuer?.certificate ?? certificate)
        let signer = issuer?.key ?? key
        let size = X509_sign(certificate.pointer, signer.pointer, Self.digest(for: signer))
        try OpenSSLError.require(size > 0, "X509_sign")
        return certificate
    }

    /// As strong as the key (CA/Browser Forum 7.1.3.2); Ed25519 brings its own.
    private static func digest(for key: PrivateKeyHandle) -> OpaquePointer? {
        if EVP_PKEY_is_a(key.pointer, "ED25519") == 1 { return nil }
        let isP384 = EVP_PKEY_is_a(key.pointer, "EC") == 1 && EVP_PKEY_get_bits(key.pointer) == 384
        return isP384 ? EVP_sha384() : EVP_sha256()
    }

    private func fillIn(
        _ certificate: CertificateHandle, key: PrivateKeyHandle, issuer: CertificateHandle
    ) throws(OpenSSLError) {
        let x509 = certificate.pointer
        // Version 3 of RFC 5280 is the number 2.
        try OpenSSLError.require(X509_set_version(x509, 2) == 1, "X509_set_version")
        try setSerialNumber(x509)
        let notBefore = now - Self.backdating
        // Both ends belong to the period (RFC 5280 §4.1.2.5), so the last second is left off.
        let notAfter = notBefore + Int64(days) * 86_400 - 1
        try OpenSSLError.require(
            ASN1_TIME_adj(X509_getm_notBefore(x509), Int(notBefore), 0, 0) != nil
                && ASN1_TIME_adj(X509_getm_notAfter(x509), Int(notAfter), 0, 0) != nil, "ASN1_TIME_adj")
        try setSubject(x509)
        let name = X509_get_subject_name(issuer.pointer)
        try OpenSSLError.require(X509_set_issuer_name(x509, name) == 1, "X509_set_issuer_name")
        try OpenSSLError.require(X509_set_pubkey(x509, key.pointer) == 1, "X509_set_pubkey")
        for part in extensions { try add(part, to: x509, issuer: issuer.pointer) }
    }

    /// 128 random bits: RFC 5280 §4.1.2.2 allows 20 octets, the CA/Browser Forum asks for 64 bits or more.
    private func setSerialNumber(_ x509: OpaquePointer) throws(OpenSSLError) {
        var bytes = [UInt8](repeating: 0, count: 16)
        try OpenSSLError.require(RAND_bytes(&bytes, Int32(bytes.count)) == 1, "RAND_bytes")
        // Never zero, and always of the same length.
        bytes[0] = bytes[0] & 0x7F | 0x40
        let number = BN_bin2bn(bytes, Int32(bytes.count), nil)
        defer { BN_free(number) }
        let serial = BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x509))
        try OpenSSLError.require(serial != nil, "BN_to_ASN1_INTEGER")
    }

    private func setSubject(_ x509: OpaquePointer) throws(OpenSSLError) {
        let name = X509_get_subject_name(x509)
        for part in subject {
            let value = Array(part.value.utf8)
            let result = X509_NAME_add_entry_by_txt(
                name, part.type, shim_utf8_string_type(), value, Int32(value.count), -1, 0)
            try OpenSSLError.require(result == 1, "X509_NAME_add_entry_by_txt")
        }
    }

    private func add(
        _ part: Extension, to x509: OpaquePointer, issuer: OpaquePointer
    ) throws(OpenSSLError) {
        var context = X509V3_CTX()
        shim_x509v3_set_context(&context, issuer, x509)
        let made = X509V3_EXT_conf_nid(nil, &context, part.identifier, part.value)
        guard let made else { throw OpenSSLError.drain(after: "X509V3_EXT_conf_nid") }
        defer { X509_EXTENSION_free(made) }
        try OpenSSLError.require(X509_add_ext(x509, made, -1) == 1, "X509_add_ext")
    }
}

/// What a leaf certificate may be used for, by OpenSSL's names of the extended key usages.
package enum CertificateUsage: String, Sendable, CaseIterable {
    case serverAuth, clientAuth
}
