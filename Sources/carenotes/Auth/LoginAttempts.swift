import Secrets

/// Counts attempts to log in, per address of mail and per client address, for all replicas in one place.
struct LoginAttempts: Sendable {
    private let ring: KeyRing

    /// What is counted: neither address can be read from the database.
    struct Keys: Sendable, Equatable {
        var source: [UInt8]
        var account: [UInt8]
        /// What the same two were counted by under other keys that still count.
        var earlier: [(source: [UInt8], account: [UInt8])] = []

        static func == (left: Keys, right: Keys) -> Bool {
            left.source == right.source && left.account == right.account
        }
    }

    init(encryption: KeyRing) { ring = encryption.derived("carenotes login attempts") }

    func keys(email: String, source: String) -> Keys {
        let (sources, accounts) = (hashes("source\n\(source)"), accounts(email))
        return Keys(
            source: sources[0], account: accounts[0],
            earlier: zip(sources, accounts).dropFirst().map { ($0, $1) })
    }

    /// The primary key's first.
    func accounts(_ email: String) -> [[UInt8]] { hashes("account\n\(email)") }

    private func hashes(_ text: String) -> [[UInt8]] {
        ring.all.map { Digest.hmacSHA256(key: $0, Array(text.utf8)) }
    }

    /// Counts one attempt. Always the client's row first: two requests never wait for each other's.
    ///
    /// - Returns: Seconds to wait, where the attempt may not be made.
    static func begin(
        _ keys: Keys, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> Int? {
        _ = try connection.execute(forget, [], by: deadline)
        let earlier = keys.earlier.flatMap { [$0.source, $0.account] }
        if let wait = try seconds(of: earlier, on: connection, by: deadline).values.max(), wait > 0 { return wait }
        if let wait = try count(keys.source, .source, on: connection, by: deadline) { return wait }
        return try count(keys.account, .account, on: connection, by: deadline)
    }

    /// The attempt turned out well.
    static func succeed(
        _ keys: Keys, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) {
        _ = try connection.execute(uncount, [.bytes(keys.source)], by: deadline)
        try unlock([keys.account] + keys.earlier.map(\.account), on: connection, by: deadline)
    }

    static func unlock(
        _ accounts: [[UInt8]], on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) {
        for account in accounts { _ = try connection.execute(clear, [.bytes(account)], by: deadline) }
    }

    /// The users, each with the seconds that logins with the address are still refused for.
    func locks(
        of users: [User], on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> [User] {
        let keys = users.map { accounts($0.email) }
        let seconds = try Self.seconds(of: keys.flatMap(\.self), on: connection, by: deadline)
        return zip(users, keys).map { user, keys in
            var user = user
            user.lockedFor = keys.compactMap { seconds[Hex.encode($0)] }.max() ?? 0
            return user
        }
    }

    /// How long each of them is refused for, by its hexadecimal digits; those that were never counted are missing.
    private static func seconds(
        of keys: [[UInt8]], on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> [String: Int] {
        guard !keys.isEmpty else { return [:] }
        // An array in PostgreSQL's input syntax: what is quoted in it has its backslash twice.
        let list = keys.map { "\"\\\\x\(Hex.encode($0))\"" }.joined(separator: ",")
        let result = try connection.execute(look, [.text("{\(list)}")], by: deadline)
        var seconds: [String: Int] = [:]
        for row in 0..<result.rowCount {
            seconds[try result.requiredText(row, 0)] = max(0, try result.requiredInteger(row, 1))
        }
        return seconds
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
