/// What all our JSON Web Tokens (RFC 7519) have in common: a type, a key with its id, and the claims that say from whom,
/// for whom and how long.
package enum SignedToken {
    package static let audience = "carenotes"
    /// How far two clocks may differ, in seconds.
    package static let leeway: Int64 = 30

    /// What a token is good for (RFC 8725 §3.11): the header's `typ`.
    package enum Kind: String, Sendable, CaseIterable {
        /// RFC 9068.
        case access = "at+jwt"
        case refresh = "rt+jwt"
        case setup = "setup+jwt"
    }

    /// Who is asked to believe it, and when.
    package struct Expectation: Sendable {
        /// The keys that are accepted, by `KeyID`.
        package var keys: [String: SecretBytes]
        package var issuer: String
        /// Seconds since 1970.
        package var now: Int64

        package init(keys: [String: SecretBytes], issuer: String, now: Int64) {
            self.keys = keys
            self.issuer = issuer
            self.now = now
        }
    }

    static func mint(_ kind: Kind, _ members: [(String, FlatJSON.Value)], key: SecretBytes) -> String {
        JSONWebSignature.sign(members, type: kind.rawValue, key: key)
    }

    /// The claims of a token of that kind which is genuine; its issuer, audience and times are still to be checked.
    static func open(
        _ token: some StringProtocol, as kind: Kind, keys: [String: SecretBytes]
    ) throws(TokenError) -> ClaimReader {
        var keyID = ""
        let payload = try JSONWebSignature.verify(token) { header throws(TokenError) in
            guard header["typ"] == .string(kind.rawValue) else { throw .wrongType }
            guard case .string(let id) = header["kid"], header.count == 3 else { throw .refusedHeader }
            guard let key = keys[id] else { throw .unknownKey }
            keyID = id
            return key
        }
        guard let members = FlatJSON.decode(payload) else { throw .malformed }
        return ClaimReader(members: members, keyID: keyID)
    }
}

/// Claims by name. Others than ours are left alone (RFC 7519 §4), so that a later release may add some.
struct ClaimReader {
    let members: JSONWebSignature.Members
    /// Of the key that signed them.
    let keyID: String

    func text(_ name: String) throws(TokenError) -> String {
        guard case .string(let text) = members[name], !text.isEmpty else { throw .malformed }
        return text
    }

    func time(_ name: String) throws(TokenError) -> Int64 {
        guard case .integer(let time) = members[name], time >= 0 else { throw .malformed }
        return time
    }
}

/// From whom, for whom, and from when to when: times are seconds since 1970.
package struct TokenScope: Equatable, Sendable {
    /// The origin of APP_URL (`iss`).
    package var issuer: String
    /// `aud`.
    package var audience = SignedToken.audience
    /// `iat`.
    package var issuedAt: Int64
    /// `nbf`.
    package var notBefore: Int64
    /// The first second at which it is no longer valid (`exp`).
    package var expiresAt: Int64

    /// From `now` on, for `lifetime` seconds.
    package init(issuer: String, now: Int64, lifetime: Int64) {
        self.issuer = issuer
        issuedAt = now
        notBefore = now
        expiresAt = now + lifetime
    }

    init(_ claims: ClaimReader) throws(TokenError) {
        issuer = try claims.text("iss")
        audience = try claims.text("aud")
        issuedAt = try claims.time("iat")
        notBefore = try claims.time("nbf")
        expiresAt = try claims.time("exp")
    }

    var names: [(String, FlatJSON.Value)] { [("iss", .string(issuer)), ("aud", .string(audience))] }

    var times: [(String, FlatJSON.Value)] {
        [("iat", .integer(issuedAt)), ("nbf", .integer(notBefore)), ("exp", .integer(expiresAt))]
    }

    func check(issuer expected: String, now: Int64) throws(TokenError) {
        guard issuer == expected else { throw .wrongIssuer }
        guard audience == SignedToken.audience else { throw .wrongAudience }
        guard max(issuedAt, notBefore) <= now + SignedToken.leeway else { throw .notYetValid }
        guard now < expiresAt + SignedToken.leeway else { throw .expired }
    }
}
