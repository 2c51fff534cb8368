import COpenSSL

/// SHA-256 and HMAC-SHA-256.
///
/// An OpenSSL that cannot do these (a configuration without its default provider) stops the program: there is no safe
/// way to go on without them, and no caller could do anything about it.
package enum Digest {
    package static let byteCount = 32

    package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        let result = SHA256(bytes, bytes.count, &digest)
        precondition(result != nil, "OpenSSL has no SHA-256")
        return digest
    }

    /// 64 lower-case hexadecimal digits.
    package static func sha256Hex(_ bytes: [UInt8]) -> String { Hex.encode(sha256(bytes)) }

    package static func sha256(_ text: some StringProtocol) -> [UInt8] { sha256(Array(text.utf8)) }

    /// RFC 2104.
    package static func hmacSHA256(key: SecretBytes, _ message: [UInt8]) -> [UInt8] {
        key.withBytes { hmacSHA256(key: $0, message) }
    }

    /// RFC 2104.
    package static func hmacSHA256(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        key.withUnsafeBytes { hmacSHA256(key: $0, message) }
    }

    private static func hmacSHA256(key: UnsafeRawBufferPointer, _ message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: byteCount)
        var length: UInt32 = 0
        // A null key would mean "the key of the last call" to OpenSSL; an empty one is the empty string.
        var empty: UInt8 = 0
        let result = withUnsafePointer(to: &empty) { empty in
            HMAC(
                EVP_sha256(), key.baseAddress ?? UnsafeRawPointer(empty), Int32(key.count), message,
                message.count, &code, &length)
        }
        precondition(result != nil && length == byteCount, "OpenSSL has no HMAC-SHA-256")
        return code
    }
}
