import Secrets

/// Brings all that is sealed in the database under the primary key, in small transactions. What is done stands in the rows
/// themselves, so that it can be ended at any moment and goes on where it was.
struct Reencryption {
    let ring: KeyRing
    /// Rows of one transaction.
    let batch: Int
    /// Hears of each step; the line is one JSON object.
    let report: (JSONWriter) -> Void

    private static let columns = SealedColumn.all + [.olderNotes]

    /// Rows of all organisations, by column and then by the id of their key.
    struct Count {
        var rows: [(column: SealedColumn, byKey: [String: Int])] = []

        func remaining(_ primaryID: String) -> Int {
            rows.flatMap(\.byKey).filter { $0.key != primaryID }.reduce(0) { $0 + $1.value }
        }
    }

    func count(_ session: ReencryptionSession) throws(PostgresError) -> Count {
        var count = Count()
        let organisations = try session.organisationIDs()
        for column in Self.columns {
            var byKey: [String: Int] = [:]
            for organisation in organisations {
                for (key, rows) in try session.count(column, in: organisation) { byKey[key, default: 0] += rows }
            }
            count.rows.append((column, byKey))
        }
        return count
    }

    /// Until nothing needs another key, or nothing that is left can be opened.
    ///
    /// - Returns: The values that are left.
    func run(_ session: ReencryptionSession) throws(PostgresError) -> Int {
        var remaining = try count(session).remaining(ring.primaryID)
        tell(remaining, unreadable: 0)
        while remaining > 0 {
            let before = remaining
            var unreadable = 0
            for organisation in try session.organisationIDs() {
                for column in Self.columns {
                    try pass(column, organisation, session, &remaining, &unreadable)
                }
            }
            // A replica that still seals with an older key may have written behind this pass.
            remaining = try count(session).remaining(ring.primaryID)
            tell(remaining, unreadable: unreadable)
            if remaining >= before, unreadable > 0 { break }
        }
        return remaining
    }

    private func pass(
        _ column: SealedColumn, _ organisation: String, _ session: ReencryptionSession, _ remaining: inout Int,
        _ unreadable: inout Int
    ) throws(PostgresError) {
        var last: [String]?
        while true {
            let done = try session.reencrypt(column, in: organisation, after: last, limit: batch)
            guard let next = done.last else { return }
            last = next
            remaining -= done.replaced
            unreadable += done.unreadable
            tell(max(0, remaining), unreadable: unreadable, column)
        }
    }

    private func tell(_ remaining: Int, unreadable: Int, _ column: SealedColumn? = nil) {
        var json = JSONWriter()
        json.object { json in
            json.member("remaining", remaining)
            json.member("unreadable", unreadable)
            json.member("table", column?.table)
            json.member("column", column?.column)
        }
        report(json)
    }

    /// A line for each column and key.
    func tell(_ count: Count) {
        for (column, byKey) in count.rows {
            for (key, rows) in byKey.sorted(by: { $0.key < $1.key }) {
                var json = JSONWriter()
                json.object { json in
                    json.member("table", column.table)
                    json.member("column", column.column)
                    json.member("key_id", key)
                    json.member("rows", rows)
                    json.member("primary", key == ring.primaryID)
                    json.member("known", ring.byID[key] != nil)
                }
                report(json)
            }
        }
        var json = JSONWriter()
        json.object { json in
            json.member("remaining", count.remaining(ring.primaryID))
            json.member("primary_key_id", ring.primaryID)
        }
        report(json)
    }
}
