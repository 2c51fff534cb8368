import Secrets

/// What can be done about users and sessions; each call blocks on the database, and most on a password as well.
struct Accounts: Sendable {
    let store: AccountStore
    let sessions: SessionStore
    let tokens: TokenIssuer
    let gate: PasswordGate
    let counters: AccountCounters

    /// A session and whose it is.
    struct Session: Sendable {
        var user: User
        var tokens: TokenIssuer.Pair
    }

    /// The same answer, after the same work, for a wrong password, an unknown address and a disabled user.
    func logIn(
        email: EmailAddress, password: GivenPassword, from source: String, origin: RequestOrigin, now: Int64
    ) throws(AccountError) -> Session {
        let keys = store.attempts.keys(email: email.text, source: source)
        return try gate.admit { () throws(AccountError) -> Session in
            let login = try store.beginLogin(email: email.text, keys)
            return try recording(login, keys, origin) { () throws(AccountError) in
                let stored = login.flatMap { $0.user.isDisabled ? nil : $0.passwordHash }
                guard try gate.matches(password.secret, stored: stored), let login else { throw .wrongCredentials }
                let isOutdated = gate.isOutdated(login.passwordHash)
                let better = isOutdated ? try gate.hash(password.secret).text : nil
                return try begin(login, betterHash: better, succeeding: keys, origin: origin, now: now)
            }
        }
    }

    /// Writes down that credentials were wrong: whose, as far as that is known, and never who tried.
    private func recording(
        _ login: AccountStore.Login?, _ keys: LoginAttempts.Keys, _ origin: RequestOrigin,
        _ body: () throws(AccountError) -> Session
    ) throws(AccountError) -> Session {
        do throws(AccountError) {
            return try body()
        } catch {
            guard error == .wrongCredentials else { throw error }
            let organisation = login?.user.organisationID ?? AuditEvent.nobody
            var event = AuditEvent(.account, origin, organisationID: organisation)
            event.recordID = login?.user.id
            event.account = Hex.encode(keys.account.prefix(8))
            try store.accounts.record(event.ending(Problem(error)))
            throw error
        }
    }

    /// - Returns: The next two tokens; for the same token within seconds, the same refresh token.
    /// - Throws: `sessionOver` for a token that was used before; its session is then ended.
    func refresh(
        _ refreshing: TokenIssuer.Refreshing, origin: RequestOrigin, now: Int64
    ) throws(AccountError) -> TokenIssuer.Pair {
        let (token, successor) = (refreshing.token, refreshing.successorID)
        switch try sessions.refresh(token, successor: Digest.sha256(successor), origin: origin) {
        case .refused(let endedSession): throw .sessionOver(wasReused: endedSession)
        case .rotated(let standing):
            let user = Identity(
                organisationID: token.organisation, subjectID: token.subject, role: standing.role)
            return try tokens.pair(
                for: user, session: token.session, refreshID: successor, standing, now: now)
        }
    }

    /// Ends all sessions of the user and begins a new one. Whoever sends it twice gets two sessions, and no error: the
    /// present password proves as much as the old one did.
    func changePassword(
        _ identity: Identity, from old: GivenPassword, to new: GivenPassword, source: String, now: Int64
    ) throws(AccountError) -> Session {
        guard let known = try store.find(identity) else { throw .notAllowed }
        try new.check(field: "new_password", email: known.user.email)
        guard new != old else { throw .weakPassword(field: "new_password", .unchanged) }
        let keys = store.attempts.keys(email: known.user.email, source: source)
        return try gate.admit { () throws(AccountError) -> Session in
            let login = try store.beginLogin(email: known.user.email, keys)
            return try recording(login, keys, identity.origin) { () throws(AccountError) in
                guard let login, !login.user.isDisabled else { throw .wrongCredentials }
                if try !gate.matches(old.secret, stored: login.passwordHash) {
                    guard try gate.matches(new.secret, stored: login.passwordHash) else { throw .wrongCredentials }
                    return try begin(login, succeeding: keys, origin: identity.origin, now: now)
                }
                let hash = try gate.hash(new.secret).text
                return try begin(login, newHash: hash, succeeding: keys, origin: identity.origin, now: now)
            }
        }
    }
}

extension Accounts {
    /// Begins a session for whoever proved to be the user. `betterHash` is of the same password, made anew; `newHash` of
    /// another, with which all other sessions end.
    func begin(
        _ login: AccountStore.Login, betterHash: String? = nil, newHash: String? = nil,
        succeeding keys: LoginAttempts.Keys?, origin: RequestOrigin, now: Int64
    ) throws(AccountError) -> Session {
        let user = login.user.identity
        var event = AuditEvent(.account, by: user.from(origin)).about(record: user.subjectID)
        event.changed = newHash.map { _ in "password" }
        let written = event
        let (session, refreshID) = (try AccountDatabase.newID(), try AccountDatabase.newID())
        let hash = newHash ?? betterHash
        let standing = try sessions.accounts.transaction(in: .organisation(user.organisationID)) {
            connection, deadline throws(PostgresError) -> SessionStore.Standing? in
            if let keys { try LoginAttempts.succeed(keys, on: connection, by: deadline) }
            if let hash {
                _ = try connection.execute(
                    AccountSQL.rehash, AccountStore.place(user) + [.text(login.passwordHash), .text(hash)],
                    by: deadline)
            }
            if newHash != nil {
                try SessionStore.endAll(
                    of: user.subjectID, in: user.organisationID, because: "password", on: connection, by: deadline)
            }
            try sessions.accounts.record(written, on: connection, by: deadline)
            return try SessionStore.begin(
                session, for: user, passwordHash: hash ?? login.passwordHash, digest: Digest.sha256(refreshID),
                lifetime: tokens.sessionLifetime, on: connection, by: deadline)
        }
        guard let standing else { throw .wrongCredentials }
        let pair = try tokens.pair(for: user, session: session, refreshID: refreshID, standing, now: now)
        return Session(user: login.user, tokens: pair)
    }
}
