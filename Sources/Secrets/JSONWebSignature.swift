/// JSON Web Signatures (RFC 7515) in compact form, with HMAC-SHA-256 and nothing else.
///
/// What a token's header asks for is never done: the algorithm and the key are ours, and a header that names a key, a
/// place to fetch one, or an extension refuses the token (RFC 8725 §3.1, §3.10; OWASP ASVS 5.0 §9.1).
package enum JSONWebSignature {
    package static let algorithm = "HS256"
    /// Bytes: no token of ours comes near it.
    package static let maximumLength = 4096

    package typealias Members = [String: FlatJSON.Value]

    /// Parameters that would choose the key or change what is signed (RFC 7515 §4.1, RFC 7797, RFC 7516 §4.1).
    private static let refused = [
        "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "enc", "zip",
    ]

    /// `header.payload.signature`.
    static func sign(
        _ members: [(String, FlatJSON.Value)], type: String, key: SecretBytes
    ) -> String {
        let header: [(String, FlatJSON.Value)] = [
            ("alg", .string(algorithm)), ("typ", .string(type)), ("kid", .string(KeyID.of(key))),
        ]
        let signed = Base64URL.encode(FlatJSON.encode(header)) + "." + Base64URL.encode(FlatJSON.encode(members))
        return signed + "." + Base64URL.encode(Digest.hmacSHA256(key: key, Array(signed.utf8)))
    }

    /// The payload of a genuine token. `key` gives the key for a header, which is all that is read before the signature was
    /// compared.
    package static func verify(
        _ token: some StringProtocol, key: (Members) throws(TokenError) -> SecretBytes
    ) throws(TokenError) -> [UInt8] {
        let token = Array(token.utf8)
        guard token.count <= maximumLength else { throw .tooLong }
        let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.decode(parts[1]) else { throw .malformed }
        let key = try key(try header(parts[0]))
        let signature = Digest.hmacSHA256(key: key, Array(token[..<parts[1].endIndex]))
        guard let claimed = Base64URL.decode(parts[2]), constantTimeEqual(claimed, signature) else {
            throw .badSignature
        }
        return payload
    }

    private static func header(_ part: ArraySlice<UInt8>) throws(TokenError) -> Members {
        guard let bytes = Base64URL.decode(part), let members = FlatJSON.decode(bytes) else { throw .malformed }
        guard members["alg"] == .string(algorithm) else { throw .wrongAlgorithm }
        guard refused.allSatisfy({ members[$0] == nil }) else { throw .refusedHeader }
        return members
    }
}
