/// The statements on notes. Each one names the organisation.
enum NoteSQL {
    private static let time = #"YYYY-MM-DD"T"HH24:MI:SS.US"Z""#
    private static let columns = """
        id::text, resident_id::text, author_id::text, body, key_id,
        to_char(created_at AT TIME ZONE 'UTC', '\(time)')
        """

    /// Gives one row: the hash and the note's id that stand under the idempotency key, and the note's time where this
    /// statement wrote it.
    ///
    /// A key that stands already is written again, not just read: so a replay, too, is acknowledged only when a
    /// synchronous standby has everything up to it, the first request's note included. A second request with the
    /// same key waits here until the first has committed.
    static let create = Statement(
        name: "create-note",
        text: """
            WITH known AS (
                INSERT INTO carenotes.idempotency_keys (organisation_id, author_id, key, request_hash, note_id)
                VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (organisation_id, author_id, key) DO UPDATE SET last_used_at = clock_timestamp()
                RETURNING request_hash, note_id
            ), written AS (
                INSERT INTO carenotes.notes (id, organisation_id, resident_id, author_id, body, key_id)
                SELECT $5, $1, $6, $2, $7, $8 FROM known WHERE known.note_id = $5
                ON CONFLICT (id) DO NOTHING
                RETURNING created_at
            )
            SELECT known.request_hash, known.note_id::text,
                to_char(written.created_at AT TIME ZONE 'UTC', '\(time)')
            FROM known LEFT JOIN written ON true
            """)

    static let find = Statement(
        name: "find-note",
        text: "SELECT \(columns) FROM carenotes.notes WHERE organisation_id = $1 AND id = $2")

    static let list = Statement(
        name: "list-notes",
        text: """
            SELECT \(columns) FROM carenotes.notes
            WHERE organisation_id = $1 AND resident_id = $2 AND (created_at, id) > ($3::timestamptz, $4::uuid)
            ORDER BY created_at, id LIMIT $5
            """)
}

/// A row of `find` or `list`, its body still sealed.
struct SealedNote {
    var row: NoteSeal.Row
    var body: [UInt8]
    var keyID: String
    var createdAt: String

    init(_ result: QueryResult, row index: Int, organisationID: String) throws(PostgresError) {
        row = NoteSeal.Row(
            id: try result.requiredText(index, 0), organisationID: organisationID,
            residentID: try result.requiredText(index, 1), authorID: try result.requiredText(index, 2))
        body = try result.requiredBytes(index, 3)
        keyID = try result.requiredText(index, 4)
        createdAt = try result.requiredText(index, 5)
    }

    func opened(with seal: NoteSeal) throws(RecordsError) -> Note {
        Note(
            id: row.id, organisationID: row.organisationID, residentID: row.residentID, authorID: row.authorID,
            body: try seal.open(body, keyID: keyID, of: row), keyID: keyID, createdAt: createdAt)
    }
}
