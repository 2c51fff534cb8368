/// A place in PostgreSQL's write-ahead log (`pg_lsn`): whoever has replayed up to it sees everything that was committed
/// before it.
struct LogPosition: Sendable, Comparable {
    let bytes: UInt64

    /// Before everything.
    static let start = LogPosition(bytes: 0)

    /// Where the primary writes, or how far a standby has replayed. What the same transaction reads after it is as new as
    /// this or newer: under READ COMMITTED each statement sees what is committed when it begins.
    static let present = Statement(
        name: "log-position",
        text: """
            SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)::text
            """)

    init(bytes: UInt64) { self.bytes = bytes }

    /// As PostgreSQL writes it: two hexadecimal halves with a slash between them.
    init?(_ text: some StringProtocol) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, let high = Self.half(halves[0]), let low = Self.half(halves[1]) else {
            return nil
        }
        bytes = UInt64(high) << 32 | UInt64(low)
    }

    var text: String {
        String(bytes >> 32, radix: 16, uppercase: true) + "/"
            + String(bytes & 0xFFFF_FFFF, radix: 16, uppercase: true)
    }

    private static func half(_ text: some StringProtocol) -> UInt32? {
        guard (1...8).contains(text.utf8.count), text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
            return nil
        }
        return UInt32(text, radix: 16)
    }

    static func < (left: LogPosition, right: LogPosition) -> Bool { left.bytes < right.bytes }
}
