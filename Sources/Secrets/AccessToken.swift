/// Access tokens: JSON Web Tokens (RFC 7519) of the type `at+jwt` (RFC 9068).
package enum AccessToken {
    package static let audience = SignedToken.audience
    /// How far two clocks may differ.
    package static let leeway = SignedToken.leeway
    /// No token of ours comes near it.
    package static let maximumLength = JSONWebSignature.maximumLength

    /// The token, signed with the key, whose id stands in its header.
    package static func mint(_ claims: Claims, key: SecretBytes) -> String {
        SignedToken.mint(.access, claims.members, key: key)
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
        let claims = try Claims(try SignedToken.open(token, as: .access, keys: keys))
        try claims.check(issuer: issuer, now: now)
        return claims
    }
}
