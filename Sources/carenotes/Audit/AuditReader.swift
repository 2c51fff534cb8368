import Secrets

/// Reads the trail of all organisations, as the owner of the schema: for whoever runs the stack.
struct AuditReader: Sendable {
    let database: Database

    private static let becomeOwner = Statement(
        name: "become-owner",
        text: """
            SELECT set_config('role', pg_get_userbyid(datdba), true), set_config('carenotes.audit', 'all', true)
            FROM pg_database WHERE datname = current_database()
            """)
    private static let begin = Statement(name: "begin", text: "BEGIN READ ONLY")
    private static let commit = Statement(name: "commit", text: "COMMIT")
    private static let page = 1000

    /// A place in the order of an export.
    struct Place: Sendable, Equatable {
        var time = "-infinity"
        var id = AuditEvent.nobody
    }

    struct Range: Sendable, Equatable {
        /// As `Moment` gives it: from this moment on, and before that one.
        var from = "-infinity"
        var to = "infinity"
        /// Only what is older than so many days.
        var olderThanDays: Int?
    }

    /// The chains that have lines here, in alphabetical order.
    func chains() throws(RecordsError) -> [String] {
        let statement = Statement(
            name: "list-chains",
            text: "SELECT DISTINCT chain FROM carenotes.audit_events WHERE chain IS NOT NULL ORDER BY chain")
        return try run(Call(statement)) { result throws(PostgresError) in
            var names: [String] = []
            for row in 0..<result.rowCount { names.append(try result.requiredText(row, 0)) }
            return names
        }
    }

    /// The lines of a chain behind that one, as they stood in the spool, with their line feeds; empty where there are none.
    func lines(of chain: String, after sequence: Int64) throws(RecordsError) -> [UInt8] {
        let statement = Statement(
            name: "read-chain",
            text: """
                SELECT sequence::text, previous, entry, hash FROM carenotes.audit_events
                WHERE chain = $1 AND audit_events.sequence > $2 ORDER BY audit_events.sequence LIMIT \(Self.page)
                """)
        return try run(Call(statement, [.text(chain), .text(String(sequence))])) { result throws(PostgresError) in
            var bytes: [UInt8] = []
            for row in 0..<result.rowCount {
                guard let sequence = Int64(try result.requiredText(row, 0)) else {
                    throw .unexpectedResult("no number in column 0")
                }
                bytes += ChainLine.bytes(
                    chain: chain, sequence: sequence, previous: Hex.encode(try result.requiredBytes(row, 1)),
                    entry: try result.requiredBytes(row, 2), hash: Hex.encode(try result.requiredBytes(row, 3)))
            }
            return bytes
        }
    }

    /// How many events stand in the transactions of changes, and how many of all are older than that.
    func counts(retentionDays: Int) throws(RecordsError) -> (changes: Int, due: Int) {
        let statement = Statement(
            name: "count-audit",
            text: """
                SELECT count(*) FILTER (WHERE chain IS NULL)::text,
                    count(*) FILTER (WHERE occurred_at < now() - make_interval(days => $1::integer))::text
                FROM carenotes.audit_events
                """)
        return try run(Call(statement, [.integer(retentionDays)])) { result throws(PostgresError) in
            (try result.requiredInteger(0, 0), try result.requiredInteger(0, 1))
        }
    }

    /// The next events behind a place, oldest first; empty where there are none.
    func events(_ range: Range, after place: Place) throws(RecordsError) -> [AuditResource.Row] {
        let statement = Statement(
            name: "export-audit",
            text: """
                SELECT id::text, \(SQLTime.text("occurred_at")), entry FROM carenotes.audit_events
                WHERE occurred_at >= $1::timestamptz AND occurred_at < $2::timestamptz
                    AND (occurred_at, id) > ($3::timestamptz, $4::uuid)
                    AND ($5 = '' OR occurred_at < now() - make_interval(days => nullif($5, '')::integer))
                ORDER BY audit_events.occurred_at, audit_events.id LIMIT \(Self.page)
                """)
        let days = range.olderThanDays.map(String.init) ?? ""
        let values: [PostgresValue] = [
            .text(range.from), .text(range.to), .text(place.time), .text(place.id), .text(days),
        ]
        return try run(Call(statement, values)) { result throws(PostgresError) in
            try AuditResource.Row.all(result)
        }
    }

    private func run<Value>(
        _ call: Call, _ read: (QueryResult) throws(PostgresError) -> Value
    ) throws(RecordsError) -> Value {
        try database.writes.perform { connection, deadline throws(PostgresError) in
            do throws(PostgresError) {
                let calls = [Call(Self.begin), Call(Self.becomeOwner), call, Call(Self.commit)]
                return try read(try connection.execute(calls, by: deadline)[2])
            } catch {
                if case .server = error { _ = try? connection.run("ROLLBACK", by: deadline) }
                throw error
            }
        }
    }
}
