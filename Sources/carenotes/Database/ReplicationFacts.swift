/// How far a server's log has come, as the server itself says; every role may ask.
struct ReplicationFacts: Sendable, Equatable {
    /// Bytes of write-ahead log: written on the primary, replayed on a standby.
    var position: UInt64
    /// Seconds since the last transaction that a standby replayed was committed; nil on the primary.
    var age: Double?

    private static let query = """
        SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END::text,
            CASE WHEN pg_is_in_recovery()
                THEN extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END::text
        """

    /// Nil where the server does not answer in time.
    init?(_ connection: PostgresConnection, by deadline: Deadline) {
        guard let result = try? connection.run(Self.query, by: deadline),
            let position = (try? result.text(0, 0)).flatMap({ Self.position($0) })
        else { return nil }
        self.position = position
        age = (try? result.text(0, 1)).flatMap { Double($0) }
    }

    init(position: UInt64, age: Double? = nil) {
        self.position = position
        self.age = age
    }

    /// `16/B374D848`: two hexadecimal numbers of 32 bits (PostgreSQL, "pg_lsn Type"); nil for anything else.
    static func position(_ text: String) -> UInt64? {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.first == "+" ? nil : UInt32($0, radix: 16) }
        guard halves.count == 2, let high = halves[0], let low = halves[1] else { return nil }
        return UInt64(high) << 32 | UInt64(low)
    }

    /// Bytes that this standby is behind a primary.
    func bytes(behind primary: ReplicationFacts) -> Int {
        Int(clamping: primary.position &- min(primary.position, position))
    }

    /// Seconds that it is behind; none where it has everything, however long ago the last change was.
    func seconds(behind primary: ReplicationFacts) -> Double? {
        bytes(behind: primary) == 0 ? 0 : age.map { max(0, $0) }
    }
}
