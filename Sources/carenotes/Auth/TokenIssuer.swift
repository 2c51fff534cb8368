import Secrets

/// Makes the two tokens of a session, and reads those that come back.
struct TokenIssuer: Sendable {
    /// The origin of APP_URL.
    let issuer: String
    let signing: KeyRing
    let refreshing: KeyRing
    /// In seconds.
    let accessLifetime: Int64
    /// In seconds.
    let refreshLifetime: Int64

    /// From login to the last refresh.
    var sessionLifetime: Int { max(SessionStore.longest, Int(refreshLifetime)) }

    struct Pair: Sendable, Equatable {
        var access: String
        var refresh: String
        var accessLifetime: Int64
        /// Until the refresh token is of no use.
        var refreshLifetime: Int64
    }

    /// The same refresh token for the same standing: it follows from what the database holds and the id.
    func pair(
        for user: Identity, session: String, refreshID: String, _ standing: SessionStore.Standing, now: Int64
    ) throws(AccountError) -> Pair {
        let lifetime = min(refreshLifetime, standing.expiresAt - standing.rotatedAt)
        let refresh = RefreshToken(
            scope: TokenScope(issuer: issuer, now: standing.rotatedAt, lifetime: lifetime),
            subject: user.subjectID, organisation: user.organisationID, session: session, id: refreshID)
        let claims = AccessToken.Claims(
            issuer: issuer, subject: user.subjectID, organisation: user.organisationID,
            role: standing.role.rawValue, id: try AccountDatabase.newID(), now: now, lifetime: accessLifetime)
        return Pair(
            access: AccessToken.mint(claims, key: signing.primary), refresh: refresh.mint(key: refreshing.primary),
            accessLifetime: accessLifetime, refreshLifetime: lifetime)
    }

    /// A refresh token, and the key that signed it.
    struct Refreshing: Sendable {
        var token: RefreshToken
        var key: SecretBytes

        /// As `RefreshToken.successorID`.
        var successorID: String { token.successorID(key: key) }
    }

    /// A refresh token that is genuine and not expired.
    func refreshToken(_ text: String, now: Int64) throws(Problem) -> Refreshing {
        do throws(TokenError) {
            let (token, keyID) = try RefreshToken.verified(text, expectation(refreshing, now))
            guard let key = refreshing.byID[keyID],
                Self.areIDs([token.organisation, token.subject, token.session])
            else { throw TokenError.malformed }
            return Refreshing(token: token, key: key)
        } catch {
            throw .unauthorized(.invalidToken, "refresh_token is not valid, or no longer. Log in again.")
        }
    }

    /// A setup token that is genuine and not expired; whether it was used, the database knows.
    func setupToken(_ text: String, now: Int64) throws(Problem) -> SetupToken {
        do throws(TokenError) {
            let token = try SetupToken(verifying: text, expectation(signing, now))
            guard Self.areIDs([token.organisation]) else { throw TokenError.malformed }
            return token
        } catch {
            throw .unauthorized(
                .invalidToken, "setup_token is not valid, or no longer. careinit setup-token makes another.")
        }
    }

    private func expectation(_ keys: KeyRing, _ now: Int64) -> SignedToken.Expectation {
        SignedToken.Expectation(keys: keys.byID, issuer: issuer, now: now)
    }

    private static func areIDs(_ texts: [String]) -> Bool { texts.allSatisfy { UUIDText.normalized($0) == $0 } }
}
