/// Access tokens: JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256 (RFC 7515), of the type `at+jwt` (RFC 9068).
package enum AccessToken {
    package static let audience = "carenotes"
    /// How far two clocks may differ.
    package static let leeway: Int64 = 30
    /// No token of ours comes near it.
    package static let maximumLength = 4096

    private static let algorithm = "HS256"
    private static let type = "at+jwt"

    /// The token, signed with the key, whose id stands in its header.
    package static func mint(_ claims: Claims, key: SecretBytes) -> String {
        let header: [(String, FlatJSON.Value)] = [
            ("alg", .string(algorithm)), ("typ", .string(type)), ("kid", .string(KeyID.of(key))),
        ]
        let signed =
            Base64URL.encode(FlatJSON.encode(header)) + "." + Base64URL.encode(FlatJSON.encode(claims.members))
        return signed + "." + Base64URL.encode(Digest.hmacSHA256(key: key, Array(signed.utf8)))
    }

    /// The claims of a token that is genuine and valid now.
    ///
    /// Nothing of it is read before its signature was compared, but the header, for the key's id; the algorithm is
    /// never the token's choice.
    ///
    /// `keys` are those that are accepted, by `KeyID`; `now` is in seconds since 1970.
    package static func verify(
        _ token: String, keys: [String: SecretBytes], issuer: String, now: Int64
    ) throws(TokenError) -> Claims {
        let token = Array(token.utf8)
        guard token.count <= maximumLength else { throw .malformed }
        let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed }
        guard let key = keys[try keyID(header: parts[0])] else { throw .unknownKey }
        let signature = Digest.hmacSHA256(key: key, Array(token[..<parts[1].endIndex]))
        guard let claimed = Base64URL.decode(parts[2]), constantTimeEqual(claimed, signature) else {
            throw .badSignature
        }
        guard let payload = Base64URL.decode(parts[1]), let members = FlatJSON.decode(payload) else {
            throw .malformed
        }
        let claims = try Claims(members: members)
        try claims.check(issuer: issuer, now: now)
        return claims
    }

    /// The key's id from a header that says what ours say and nothing else.
    private static func keyID(header: ArraySlice<UInt8>) throws(TokenError) -> String {
        guard let bytes = Base64URL.decode(header), let members = FlatJSON.decode(bytes) else { throw .malformed }
        guard members["alg"] == .string(algorithm) else { throw .wrongAlgorithm }
        guard members["typ"] == .string(type), case .string(let id) = members["kid"], members.count == 3 else {
            throw .malformed
        }
        return id
    }
}

/// Why a token is not accepted.
package enum TokenError: Error, Equatable, Sendable, CaseIterable {
    /// Not three base64url parts, or parts that are not the JSON they should be.
    case malformed
    /// Signed with something else than HS256, or not at all.
    case wrongAlgorithm
    /// Signed with a key that is not accepted here, or no longer.
    case unknownKey
    case badSignature
    /// From another issuer.
    case wrongIssuer
    /// For another audience.
    case wrongAudience
    /// From the future: `iat` or `nbf` is still to come.
    case notYetValid
    case expired
}
