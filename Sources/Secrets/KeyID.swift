/// A public name for a secret key: it tells two keys apart and gives nothing of them away.
package enum KeyID {
    private static let label = Array("careinit key id".utf8)

    /// 16 hexadecimal digits: the first 64 bits of HMAC-SHA-256(key, "careinit key id").
    package static func of(_ key: SecretBytes) -> String {
        Hex.encode(Digest.hmacSHA256(key: key, label).prefix(8))
    }

    package static func of(_ key: [UInt8]) -> String { Hex.encode(Digest.hmacSHA256(key: key, label).prefix(8)) }

    package static func of(_ key: String) -> String { of(Array(key.utf8)) }
}
