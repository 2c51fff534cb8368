import Secrets

/// What re-encryption does on one session of the primary. It acts as the owner of the schema, in whose name the application cannot
/// act, and for one organisation at a time.
struct ReencryptionSession {
    let connection: PostgresConnection
    let ring: KeyRing

    /// "careseal" in ASCII.
    private static let lock = 0x6361_7265_7365_616C
    private static let limit = Duration.seconds(60)

    private static let beOwner = Statement(
        name: "be-owner",
        text: """
            SELECT set_config('role', pg_get_userbyid(datdba), true) FROM pg_database
            WHERE datname = current_database()
            """)
    private static let setOrganisation = Statement(
        name: "set-organisation", text: "SELECT set_config('carenotes.organisation', $1, true)")
    private static let showAll = Statement(
        name: "show-all", text: "SELECT set_config('carenotes.reencryption', 'on', true)")
    private static let organisations = Statement(
        name: "organisations", text: "SELECT id::text FROM carenotes.organisations ORDER BY organisations.id")

    /// Holds off any other re-encryption for as long as the session lasts; false where one is at work.
    func takeLock() throws(PostgresError) -> Bool {
        try connection.run("SELECT pg_try_advisory_lock(\(Self.lock))::text", by: Deadline(in: Self.limit))
            .requiredText(0, 0) == "true"
    }

    func migrate() throws(PostgresError) { try Migrator.run(on: connection, by: Deadline(in: Self.limit)) }

    func organisationIDs() throws(PostgresError) -> [String] {
        let result = try transaction([Call(Self.showAll), Call(Self.organisations)]) {
            results, _ throws(PostgresError) in results[1]
        }
        var ids: [String] = []
        for row in 0..<result.rowCount { ids.append(try result.requiredText(row, 0)) }
        return ids
    }

    /// How many values each key has sealed, by its id.
    func count(_ column: SealedColumn, in organisation: String) throws(PostgresError) -> [String: Int] {
        let result = try transaction([
            Call(Self.setOrganisation, [.text(organisation)]), Call(column.count, [.text(organisation)]),
        ]) { results, _ throws(PostgresError) in results[1] }
        var counts: [String: Int] = [:]
        for row in 0..<result.rowCount {
            counts[try result.requiredText(row, 0)] = try result.requiredInteger(row, 1)
        }
        return counts
    }

    /// What became of some rows.
    struct Batch: Sendable {
        /// Sealed with the primary key now.
        var replaced = 0
        /// Of no key of the ring, or not of their place.
        var unreadable = 0
        /// The key of the last row; nil where there was none.
        var last: [String]?
    }

    /// Seals the next rows anew in one transaction. A value that somebody has changed since it was read stays as it is.
    func reencrypt(
        _ column: SealedColumn, in organisation: String, after last: [String]?, limit: Int
    ) throws(PostgresError) -> Batch {
        let values: [PostgresValue] = [.text(organisation), .text(ring.primaryID), .integer(limit)]
        let next = Call(column.next(isFirst: last == nil), values + (last ?? []).map { .text($0) })
        return try transaction([Call(Self.setOrganisation, [.text(organisation)]), next]) {
            results, deadline throws(PostgresError) in
            let rows = results[1]
            var batch = Batch()
            var calls: [Call] = []
            for index in 0..<rows.rowCount {
                let row = try SealedRow(rows, index, column)
                batch.last = row.key
                if let call = replacement(row, column, organisation) {
                    calls.append(call)
                } else {
                    batch.unreadable += 1
                }
            }
            if !calls.isEmpty {
                batch.replaced = try connection.execute(calls, by: deadline).reduce(0) { $0 + $1.rowCount }
            }
            return batch
        }
    }

    /// Nil where the value cannot be opened.
    private func replacement(_ row: SealedRow, _ column: SealedColumn, _ organisation: String) -> Call? {
        guard let sealed = row.resealed(column, organisation, ring) else { return nil }
        var values: [PostgresValue] = [.text(organisation), .bytes(row.value), .bytes(sealed)]
        if column.hasKeyColumn || column.isOlderForm { values.append(.text(ring.primaryID)) }
        return Call(column.replace, values + row.key.map { .text($0) })
    }

    private func transaction<Value>(
        _ calls: [Call], _ body: ([QueryResult], Deadline) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        let deadline = Deadline(in: Self.limit)
        return try connection.transaction(by: deadline) { () throws(PostgresError) in
            let results = try connection.execute([Call(Self.beOwner)] + calls, by: deadline)
            return try body(Array(results.dropFirst()), deadline)
        }
    }
}

/// A row as it was read.
private struct SealedRow {
    var parts: [String] = []
    var key: [String]
    var value: [UInt8]
    /// Of the older form.
    var keyID: String?

    init(_ rows: QueryResult, _ index: Int, _ column: SealedColumn) throws(PostgresError) {
        let count = column.key.count + column.further.count
        for place in 0..<count { parts.append(try rows.requiredText(index, place)) }
        key = Array(parts.prefix(column.key.count))
        value = try rows.requiredBytes(index, count)
        if column.isOlderForm { keyID = try rows.requiredText(index, count + 1) }
    }

    func resealed(_ column: SealedColumn, _ organisation: String, _ ring: KeyRing) -> [UInt8]? {
        let seal = RecordSeal(ring)
        do throws(RecordsError) {
            guard let keyID else {
                let place = column.place(parts, in: organisation)
                return try seal.seal(try seal.open(value, at: place), at: place)
            }
            let row = NoteSeal.Row(
                id: parts[0], organisationID: organisation, residentID: parts[1], authorID: parts[2])
            let text = try NoteSeal(ring).open(value, keyID: keyID, of: row)
            var content = column
            content.column = "content"
            return try seal.seal(text, at: content.place(parts, in: organisation))
        } catch {
            return nil
        }
    }
}
