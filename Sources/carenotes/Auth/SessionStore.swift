import Secrets

/// Sessions: what a login begins, refreshes continue, and a logout, a new password or a stolen token ends.
///
/// A session's row knows the one refresh token that is valid and the one before it, by digests. Whatever else is genuine
/// was used before: somebody has a copy, and the session is over (RFC 9700 §4.14.2).
struct SessionStore: Sendable {
    let accounts: AccountDatabase

    /// How long the token before may come again and gets the same answer: the proxy sends a request to another replica up to
    /// 25 s after the first.
    static let repeatWindow = 30
    /// After that many seconds one has to log in again, however often the session was refreshed.
    static let longest = 30 * 86_400

    /// What a refresh token is made from, times in seconds since 1970 by the database's clock.
    struct Standing: Equatable, Sendable {
        var rotatedAt: Int64
        var expiresAt: Int64
        var role: Role
    }

    /// Begins a session for a user whose password hash is still that one and who is not disabled; nil for another.
    ///
    /// The lock on the user's row makes a change of password and a login happen one after the other: the change ends the
    /// session, or the login fails.
    static func begin(
        _ id: String, for user: Identity, passwordHash: String, digest: [UInt8], lifetime: Int,
        on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> Standing? {
        _ = try connection.execute(
            forget, [.text(user.organisationID), .text(user.subjectID)], by: deadline)
        let result = try connection.execute(
            start,
            [
                .text(user.organisationID), .text(user.subjectID), .text(passwordHash), .text(id), .bytes(digest),
                .integer(lifetime),
            ], by: deadline)
        return try standing(result)
    }

    enum Refresh: Equatable, Sendable {
        case rotated(Standing)
        /// The token is not the valid one. Whether a session was ended by that, for the log.
        case refused(endedSession: Bool)
    }

    /// Exchanges the token for its successor, or says again which that is.
    func refresh(
        _ token: RefreshToken, successor: [UInt8], origin: RequestOrigin
    ) throws(AccountError) -> Refresh {
        let event = Self.event(token, origin).ending("token-reused")
        let place: [PostgresValue] = [.text(token.organisation), .text(token.session), .bytes(token.digest)]
        return try accounts.transaction(in: .organisation(token.organisation)) {
            connection, deadline throws(PostgresError) -> Refresh in
            let rotated = try connection.execute(Self.rotate, place + [.bytes(successor)], by: deadline)
            if let standing = try Self.standing(rotated) { return .rotated(standing) }
            let repeated = try connection.execute(
                Self.replay, place + [.integer(Self.repeatWindow)], by: deadline)
            if let standing = try Self.standing(repeated) { return .rotated(standing) }
            let ended = try connection.execute(
                Self.end, [.text(token.organisation), .text(token.session), .text("reuse")], by: deadline)
            // Whoever it was: two have the token, and one of them is not its owner.
            if ended.rowCount > 0 { try accounts.record(event, on: connection, by: deadline) }
            return .refused(endedSession: ended.rowCount > 0)
        }
    }

    /// Ends the token's session, or all of its user's. Done already is done.
    func end(_ token: RefreshToken, everywhere: Bool, origin: RequestOrigin) throws(AccountError) {
        var event = Self.event(token, origin)
        event.actorID = token.subject
        let written = event
        try accounts.transaction(in: .organisation(token.organisation)) {
            connection, deadline throws(PostgresError) -> Void in
            if everywhere {
                try Self.endAll(
                    of: token.subject, in: token.organisation, because: "logout", on: connection, by: deadline)
            }
            let ended = try connection.execute(
                Self.end, [.text(token.organisation), .text(token.session), .text("logout")], by: deadline)
            if everywhere || ended.rowCount > 0 { try accounts.record(written, on: connection, by: deadline) }
        }
    }

    private static func event(_ token: RefreshToken, _ origin: RequestOrigin) -> AuditEvent {
        AuditEvent(.account, origin, organisationID: token.organisation).about(record: token.session)
    }

    static func endAll(
        of user: String, in organisation: String, because reason: String, on connection: PostgresConnection,
        by deadline: Deadline
    ) throws(PostgresError) {
        _ = try connection.execute(
            endEach, [.text(organisation), .text(user), .text(reason)], by: deadline)
    }

    private static func standing(_ result: QueryResult) throws(PostgresError) -> Standing? {
        guard result.rowCount > 0 else { return nil }
        guard let role = Role(rawValue: try result.requiredText(0, 2)) else {
            throw .unexpectedResult("an unknown role")
        }
        return Standing(
            rotatedAt: Int64(try result.requiredInteger(0, 0)), expiresAt: Int64(try result.requiredInteger(0, 1)),
            role: role)
    }
}
