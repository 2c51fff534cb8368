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
}
