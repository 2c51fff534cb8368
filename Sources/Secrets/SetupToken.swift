/// Setup tokens: each makes one administrator, once. careinit signs them, and carenotes notes in the database which one was
/// used, so that there never is a default password.
package struct SetupToken: Equatable, Sendable {
    package var scope: TokenScope
    /// The organisation that gets the administrator; it is made where it is not there (`org`).
    package var organisation: String
    /// `jti`.
    package var id: String

    package init(scope: TokenScope, organisation: String, id: String) {
        self.scope = scope
        self.organisation = organisation
        self.id = id
    }

    package func mint(key: SecretBytes) -> String {
        SignedToken.mint(
            .setup, scope.names + [("org", .string(organisation))] + scope.times + [("jti", .string(id))], key: key
        )
    }

    package init(verifying token: String, _ expected: SignedToken.Expectation) throws(TokenError) {
        let claims = try SignedToken.open(token, as: .setup, keys: expected.keys)
        scope = try TokenScope(claims)
        organisation = try claims.text("org")
        id = try claims.text("jti")
        try scope.check(issuer: expected.issuer, now: expected.now)
    }

    /// What the database knows a used token by.
    package var digest: [UInt8] { Digest.sha256(id) }
}
