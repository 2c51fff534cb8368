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

    /// Every claim of ours must be there; others are left alone (RFC 7519 §4), so that a later release may add some.
    init(members: [String: FlatJSON.Value]) throws(TokenError) {
        func text(_ name: String) throws(TokenError) -> String {
            guard case .string(let text) = members[name], !text.isEmpty else { throw .malformed }
            return text
        }
        func time(_ name: String) throws(TokenError) -> Int64 {
            guard case .integer(let time) = members[name], time >= 0 else { throw .malformed }
            return time
        }
        issuer = try text("iss")
        audience = try text("aud")
        subject = try text("sub")
        organisation = try text("org")
        role = try text("role")
        issuedAt = try time("iat")
        notBefore = try time("nbf")
        expiresAt = try time("exp")
        id = try text("jti")
    }

    func check(issuer expected: String, now: Int64) throws(TokenError) {
        guard issuer == expected else { throw .wrongIssuer }
        guard audience == AccessToken.audience else { throw .wrongAudience }
        guard max(issuedAt, notBefore) <= now + AccessToken.leeway else { throw .notYetValid }
        guard now < expiresAt + AccessToken.leeway else { throw .expired }
    }
}
