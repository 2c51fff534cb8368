/// Refresh tokens: one is good for one new pair of tokens. They are signed with a key of their own and say which session they
/// continue; the database holds nothing but a digest of the id of the one that is valid.
package struct RefreshToken: Equatable, Sendable {
    package var scope: TokenScope
    /// Whose session it is (`sub`).
    package var subject: String
    /// `org`.
    package var organisation: String
    /// What one login began and its refreshes continue (`sid`).
    package var session: String
    /// Unique to this token (`jti`).
    package var id: String

    package init(scope: TokenScope, subject: String, organisation: String, session: String, id: String) {
        self.scope = scope
        self.subject = subject
        self.organisation = organisation
        self.session = session
        self.id = id
    }

    package func mint(key: SecretBytes) -> String {
        SignedToken.mint(
            .refresh,
            scope.names + [
                ("sub", .string(subject)), ("org", .string(organisation)), ("sid", .string(session)),
            ] + scope.times + [("jti", .string(id))], key: key)
    }

    package init(verifying token: String, _ expected: SignedToken.Expectation) throws(TokenError) {
        self = try Self.verified(token, expected).token
    }

    /// The token, and the id of the key that signed it.
    package static func verified(
        _ token: String, _ expected: SignedToken.Expectation
    ) throws(TokenError) -> (token: RefreshToken, keyID: String) {
        let claims = try SignedToken.open(token, as: .refresh, keys: expected.keys)
        return (try RefreshToken(claims, expected), claims.keyID)
    }

    private init(_ claims: ClaimReader, _ expected: SignedToken.Expectation) throws(TokenError) {
        scope = try TokenScope(claims)
        subject = try claims.text("sub")
        organisation = try claims.text("org")
        session = try claims.text("sid")
        id = try claims.text("jti")
        try scope.check(issuer: expected.issuer, now: expected.now)
    }

    /// What the database knows the token by; the token cannot be made from it.
    package var digest: [UInt8] { Digest.sha256(id) }

    /// The id of the token that follows this one: the same whichever replica is asked and however often, and a secret to
    /// whoever has not the key, which is the one that signed this token: replicas may sign with different keys for a while.
    package func successorID(key: SecretBytes) -> String {
        Base64URL.encode(Digest.hmacSHA256(key: key, Array("carenotes refresh successor\n\(session)\n\(id)".utf8)))
    }
}
