import Secrets

/// Finds out who asks, from the access token of a request (RFC 6750).
struct Authenticator: Sendable {
    /// The origin of APP_URL.
    let issuer: String
    /// The keys that are accepted, by `KeyID`.
    let keys: [String: SecretBytes]

    init(issuer: String, signing: KeyRing) {
        self.issuer = issuer
        keys = signing.byID
    }

    /// - Parameters:
    ///   - headers: Of the request.
    ///   - now: Seconds since 1970.
    /// - Returns: Whose records may be seen, and who writes.
    /// - Throws: 401 with what to do about it, and never why a token was refused in detail.
    func identity(_ headers: FieldList, now: Int64) throws(Problem) -> Identity {
        guard let field = headers.single("Authorization") else { throw Self.missing }
        let words = field.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count == 2, words[0].lowercased() == "bearer" else { throw Self.missing }
        do {
            let claims = try AccessToken.verify(String(words[1]), keys: keys, issuer: issuer, now: now)
            guard let organisation = UUIDText.normalized(claims.organisation),
                let subject = UUIDText.normalized(claims.subject), let role = Role(rawValue: claims.role)
            else { throw TokenError.malformed }
            return Identity(organisationID: organisation, subjectID: subject, role: role)
        } catch {
            throw Self.invalid
        }
    }

    private static let missing = Problem(
        .unauthorized, .missingToken, "The request needs an access token: Authorization: Bearer TOKEN."
    ).with("WWW-Authenticate", "Bearer realm=\"carenotes\"")

    private static let invalid = Problem(
        .unauthorized, .invalidToken, "The access token is not valid, or no longer."
    ).with("WWW-Authenticate", "Bearer realm=\"carenotes\", error=\"invalid_token\"")
}
