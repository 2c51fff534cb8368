import COpenSSL
import OpenSSL

/// Reading of one certificate. All of it leaves the error queue empty.
extension Handle where Kind == CertificateKind {
    var subject: String { Self.text(of: with { X509_get_subject_name($0) }) }
    var issuer: String { Self.text(of: with { X509_get_issuer_name($0) }) }

    /// Whether subject and issuer are one and its own key signed it.
    var isSelfSigned: Bool {
        defer { ERR_clear_error() }
        return X509_self_signed(pointer, 1) == 1
    }

    var notBefore: Int64 { Self.seconds(X509_get0_notBefore(pointer)) }
    var notAfter: Int64 { Self.seconds(X509_get0_notAfter(pointer)) }

    /// SHA-256 of the DER encoding, in hexadecimal.
    var fingerprint: String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard X509_digest(pointer, EVP_sha256(), &digest, &length) == 1 else {
            ERR_clear_error()
            return ""
        }
        return digest.prefix(Int(length)).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// The DNS names and IP addresses of the subjectAltName.
    var names: [String] {
        defer { ERR_clear_error() }
        guard let list = X509_get_ext_d2i(pointer, NID_subject_alt_name, nil, nil) else { return [] }
        let names = OpaquePointer(list)
        defer { GENERAL_NAMES_free(names) }
        return (0..<shim_general_names_count(names)).compactMap { index in
            shim_general_name(names, index).flatMap { Self.text(of: $0) }
        }
    }

    /// Whether a client that asked for this host accepts the certificate's names (RFC 9525). The common name never
    /// counts, and a wildcard stands for one whole label.
    func covers(_ host: String) -> Bool {
        defer { ERR_clear_error() }
        if let address = CertificateName.normalisedAddress(host) {
            return X509_check_ip_asc(pointer, address, 0) == 1
        }
        let flags = UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS)
        return !host.isEmpty && X509_check_host(pointer, host, host.utf8.count, flags, nil) == 1
    }

    /// Whether the issuer's name, key identifier and key usage fit, and its key made the signature.
    func isIssued(by issuer: CertificateHandle) -> Bool {
        defer { ERR_clear_error() }
        guard X509_check_issued(issuer.pointer, pointer) == X509_V_OK else { return false }
        return X509_verify(pointer, X509_get0_pubkey(issuer.pointer)) == 1
    }

    private static func text(of name: OpaquePointer?) -> String {
        let bytes = try? MemoryBIO.written { (bio) throws(OpenSSLError) in
            try OpenSSLError.require(
                X509_NAME_print_ex(bio, name, 0, shim_name_text_flags()) >= 0, "X509_NAME_print_ex")
        }
        return String(decoding: bytes ?? [], as: UTF8.self)
    }

    private static func text(of name: UnsafePointer<GENERAL_NAME>) -> String? {
        var type: Int32 = 0
        guard let value = GENERAL_NAME_get0_value(name, &type), type == GEN_DNS || type == GEN_IPADD else {
            return nil
        }
        let string = UnsafePointer<ASN1_STRING>(OpaquePointer(value))
        let bytes = UnsafeBufferPointer(
            start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string)))
        return type == GEN_IPADD ? GeneralName.addressText(Array(bytes)) : GeneralName.printable(Array(bytes))
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        defer { ERR_clear_error() }
        guard let epoch = ASN1_TIME_set(nil, 0) else { return 0 }
        defer { ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return 0 }
        return Int64(days) * 86_400 + Int64(seconds)
    }
}
