import COpenSSL
import OpenSSL

/// The kinds of keys that certificates are made for.
package enum KeyType: Equatable, Sendable {
    case p256
    case p384
    /// OpenSSL and curl speak TLS with it; browsers do not.
    case ed25519
    case rsa(bits: Int)

    /// As a person writes it: `p256`, `p384`, `ed25519`, `rsa2048` to `rsa8192`; nil for anything else.
    package init?(_ text: String) {
        switch text {
        case "p256": self = .p256
        case "p384": self = .p384
        case "ed25519": self = .ed25519
        default:
            guard text.hasPrefix("rsa"), let bits = Int(text.dropFirst(3)), (2048...8192).contains(bits),
                bits % 8 == 0
            else { return nil }
            self = .rsa(bits: bits)
        }
    }

    /// That of the first certificate of a file in PEM; nil for one that is never made here.
    package init?(certificatePEM: [UInt8]) {
        guard let leaf = PEM.certificates(in: certificatePEM).certificates.first else { return nil }
        defer { ERR_clear_error() }
        let key = X509_get0_pubkey(leaf.pointer)
        let text =
            if EVP_PKEY_is_a(key, "RSA") == 1 {
                "rsa\(EVP_PKEY_get_bits(key))"
            } else if EVP_PKEY_is_a(key, "ED25519") == 1 {
                "ed25519"
            } else {
                ["prime256v1": "p256", "secp384r1": "p384"][Self.curve(key)] ?? ""
            }
        self.init(text)
    }

    private static func curve(_ key: OpaquePointer?) -> String {
        var name = [CChar](repeating: 0, count: 64)
        var length = 0
        guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else { return "" }
        return String(decoding: name.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
