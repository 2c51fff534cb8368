/// Why a token is not accepted.
package enum TokenError: Error, Equatable, Sendable, CaseIterable {
    /// Longer than any token of ours.
    case tooLong
    /// Not three base64url parts, or parts that are not the JSON they should be.
    case malformed
    /// Signed with something else than HS256, or not at all.
    case wrongAlgorithm
    /// The header names a key, an address or an extension, or anything else that ours do not.
    case refusedHeader
    /// Another kind of token: each is good for one purpose (RFC 8725 §3.11).
    case wrongType
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
