import Secrets

/// Counts attempts to log in, per address of mail and per client address, for all replicas in one place.
struct LoginAttempts: Sendable {
    private let key: SecretBytes

    /// What is counted: neither address can be read from the database.
    struct Keys: Sendable, Equatable {
        var source: [UInt8]
        var account: [UInt8]
    }

    init(encryptionKey: SecretBytes) {
        key = SecretBytes(Digest.hmacSHA256(key: encryptionKey, Array("carenotes login attempts".utf8)))
    }

    func keys(email: String, source: String) -> Keys {
        Keys(source: Digest.hmacSHA256(key: key, Array("source\n\(source)".utf8)), account: account(email))
    }

    func account(_ email: String) -> [UInt8] { Digest.hmacSHA256(key: key, Array("account\n\(email)".utf8)) }

    /// Counts one attempt. Always the client's row first: two requests never wait for each other's.
    ///
    /// - Returns: Seconds to wait, where the attempt may not be made.
    static func begin(
        _ keys: Keys, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> Int? {
        _ = try connection.execute(forget, [], by: deadline)
        if let wait = try count(keys.source, .source, on: connection, by: deadline) { return wait }
        return try count(keys.account, .account, on: connection, by: deadline)
    }

    /// The attempt turned out well.
    static func succeed(
        _ keys: Keys, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) {
        _ = try connection.execute(uncount, [.bytes(keys.source)], by: deadline)
        try unlock(keys.account, on: connection, by: deadline)
    }

    static func unlock(
        _ account: [UInt8], on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) {
        _ = try connection.execute(clear, [.bytes(account)], by: deadline)
    }

    /// The users, each with the seconds that logins with the address are still refused for.
    func locks(
        of users: [User], on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> [User] {
        let keys = users.map { Hex.encode(account($0.email)) }
        // An array in PostgreSQL's input syntax: what is quoted in it has its backslash twice.
        let list = keys.map { "\"\\\\x\($0)\"" }.joined(separator: ",")
        let result = try connection.execute(Self.look, [.text("{\(list)}")], by: deadline)
        var seconds: [String: Int] = [:]
        for row in 0..<result.rowCount {
            seconds[try result.requiredText(row, 0)] = max(0, try result.requiredInteger(row, 1))
        }
        return zip(users, keys).map { user, key in
            var user = user
            user.lockedFor = seconds[key] ?? 0
            return user
        }
    }

    private static func count(
        _ key: [UInt8], _ policy: AttemptPolicy, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> Int? {
        let result = try connection.execute(register, [.bytes(key)], by: deadline)
        let record = AttemptPolicy.Record(
            failures: try result.requiredInteger(0, 0), blockedFor: try result.requiredInteger(0, 1),
            age: try result.requiredInteger(0, 2))
        switch policy.decide(record) {
        case .refuse(let seconds): return seconds
        case .count(let failures, let seconds):
            _ = try connection.execute(
                note, [.bytes(key), .integer(failures), .integer(seconds)], by: deadline)
            return nil
        }
    }
}

extension LoginAttempts {
    /// Locks the row until the end of the transaction.
    private static let register = Statement(
        name: "register-attempt",
        text: """
            INSERT INTO carenotes.login_attempts AS known (key) VALUES ($1)
            ON CONFLICT (key) DO UPDATE SET key = EXCLUDED.key
            RETURNING known.failures::text,
                ceil(extract(epoch FROM known.blocked_until - clock_timestamp()))::bigint::text,
                floor(extract(epoch FROM clock_timestamp() - known.counted_at))::bigint::text
            """)

    private static let note = Statement(
        name: "count-attempt",
        text: """
            UPDATE carenotes.login_attempts SET failures = $2, counted_at = clock_timestamp(),
                blocked_until = clock_timestamp() + make_interval(secs => $3::float8)
            WHERE key = $1
            """)

    private static let uncount = Statement(
        name: "uncount-attempt",
        text: """
            UPDATE carenotes.login_attempts
            SET failures = greatest(failures - 1, 0), blocked_until = clock_timestamp() WHERE key = $1
            """)

    private static let clear = Statement(
        name: "clear-attempts", text: "DELETE FROM carenotes.login_attempts WHERE key = $1")

    private static let look = Statement(
        name: "look-at-attempts",
        text: """
            SELECT encode(key, 'hex'), ceil(extract(epoch FROM blocked_until - clock_timestamp()))::bigint::text
            FROM carenotes.login_attempts WHERE key = ANY($1::bytea[])
            """)

    /// A few at a time: the table holds what a day brings.
    private static let forget = Statement(
        name: "forget-attempts",
        text: """
            DELETE FROM carenotes.login_attempts WHERE key IN (
                SELECT key FROM carenotes.login_attempts
                WHERE counted_at < clock_timestamp() - interval '1 day'
                ORDER BY counted_at LIMIT 10 FOR UPDATE SKIP LOCKED)
            """)
}
