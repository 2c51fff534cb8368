extension AccessToken {
    /// What an access token says. Times are seconds since 1970.
    package struct Claims: Equatable, Sendable {
        /// The origin of APP_URL (`iss`).
        package var issuer: String
        /// `aud`.
        package var audience: String
        /// Who acts: the author of what is written (`sub`).
        package var subject: String
        /// The organisation whose records may be seen (`org`).
        package var organisation: String
        /// What the subject may do there, such as `carer` (`role`).
        package var role: String
        /// `iat`.
        package var issuedAt: Int64
        /// `nbf`.
        package var notBefore: Int64
        /// The first second at which it is no longer valid (`exp`).
        package var expiresAt: Int64
        /// Unique to this token (`jti`).
        package var id: String

        /// Claims that hold from `now` on for `lifetime` seconds.
        package init(
            issuer: String, subject: String, organisation: String, role: String, id: String, now: Int64,
            lifetime: Int64
        ) {
            self.issuer = issuer
            audience = AccessToken.audience
            self.subject = subject
            self.organisation = organisation
            self.role = role
            issuedAt = now
            notBefore = now
            expiresAt = now + lifetime
            self.id = id
        }
    }
}

extension AccessToken.Claims {
    var members: [(String, FlatJSON.Value)] {
        [
            ("iss", .string(issuer)), ("aud", .string(audience)), ("sub", .string(subject)),
            ("org", .string(organisation)), ("role", .string(role)), ("iat", .integer(issuedAt)),
            ("nbf", .integer(notBefore)),
            ("exp", .integer(expiresAt)), ("jti", .string(id)),
        ]
    }

    /// Every claim of ours must be there.
    init(_ claims: ClaimReader) throws(TokenError) {
        issuer = try claims.text("iss")
        audience = try claims.text("aud")
        subject = try claims.text("sub")
        organisation = try claims.text("org")
        role = try claims.text("role")
        issuedAt = try claims.time("iat")
        notBefore = try claims.time("nbf")
        expiresAt = try claims.time("exp")
        id = try claims.text("jti")
    }

    func check(issuer expected: String, now: Int64) throws(TokenError) {
        guard issuer == expected else { throw .wrongIssuer }
        guard audience == AccessToken.audience else { throw .wrongAudience }
        guard max(issuedAt, notBefore) <= now + AccessToken.leeway else { throw .notYetValid }
        guard now < expiresAt + AccessToken.leeway else { throw .expired }
    }
}
