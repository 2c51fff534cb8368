package import Secrets

/// The notes of all organisations, each seen by its own only. Bodies are sealed before they reach the database.
///
/// Calls block: up to 5 s for one attempt, up to 10 s with retries.
package final class NoteStore: Sendable {
    private let database: Database
    private let seal: NoteSeal

    /// The encryption key has 32 bytes.
    package init(database: Database, encryptionKey: SecretBytes) {
        self.database = database
        seal = NoteSeal(key: encryptionKey)
    }

    /// Writes the note, once for each idempotency key of an author: the same key with the same request hash gives the
    /// note that stands already, and with another throws `idempotencyKeyReused`.
    package func create(
        _ note: NewNote, by author: Identity, idempotencyKey: String, requestHash: [UInt8]
    ) throws(RecordsError) -> CreatedNote {
        // The id is chosen before the first attempt, so that a retry finds what an earlier one has written.
        let row = NoteSeal.Row(
            id: try Self.newID(), organisationID: author.organisationID,
            residentID: note.residentID.lowercased(),
            authorID: author.subjectID)
        let body = try seal.seal(note.body, for: row)
        let values: [PostgresValue] = [
            .text(row.organisationID), .text(row.authorID), .text(idempotencyKey), .bytes(requestHash),
            .text(row.id), .text(row.residentID), .bytes(body), .text(seal.keyID),
        ]
        let written = try database.writes.perform { connection, deadline throws(PostgresError) in
            try Self.write(values, organisationID: row.organisationID, on: connection, by: deadline)
        }
        guard written.requestHash == requestHash else { throw .idempotencyKeyReused }
        if let standing = written.standing {
            return CreatedNote(note: try standing.opened(with: seal), isReplay: written.id != row.id)
        }
        return CreatedNote(note: Note(note, row, keyID: seal.keyID, createdAt: written.createdAt), isReplay: false)
    }

    /// The notes about a resident, oldest first, at most `limit` (1 or more) of those after the cursor.
    package func list(
        residentID: String, for reader: Identity, after cursor: String?, limit: Int
    ) throws(RecordsError) -> NotePage {
        let place = try cursor.map(Self.place) ?? .start
        let limit = max(1, limit)
        // One more than asked for tells whether anything follows.
        let values: [PostgresValue] = [
            .text(reader.organisationID), .text(residentID), .text(place.createdAt), .text(place.id),
            .integer(limit + 1),
        ]
        let rows = try database.reads.perform { connection, deadline throws(PostgresError) in
            try Self.read(values, organisationID: reader.organisationID, on: connection, by: deadline)
        }
        let notes = try rows.prefix(limit).map { row throws(RecordsError) in try row.opened(with: seal) }
        return NotePage(
            notes: notes, next: rows.count > limit ? notes.last.map { NoteCursor(after: $0).text } : nil)
    }
}

extension NoteStore {
    /// What stands under an idempotency key after `create`.
    private struct Written {
        var id: String
        var requestHash: [UInt8]
        var createdAt = ""
        /// Where an earlier attempt or request wrote it.
        var standing: SealedNote?
    }

    private static func write(
        _ values: [PostgresValue], organisationID: String, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> Written {
        let result = try connection.execute(NoteSQL.create, values, by: deadline)
        var written = Written(
            id: try result.requiredText(0, 1), requestHash: try result.requiredBytes(0, 0))
        if let createdAt = try result.text(0, 2) {
            written.createdAt = createdAt
            return written
        }
        let found = try connection.execute(
            NoteSQL.find, [.text(organisationID), .text(written.id)], by: deadline)
        written.standing = try SealedNote(found, row: 0, organisationID: organisationID)
        return written
    }

    private static func read(
        _ values: [PostgresValue], organisationID: String, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> [SealedNote] {
        let result = try connection.execute(NoteSQL.list, values, by: deadline)
        var notes: [SealedNote] = []
        for row in 0..<result.rowCount {
            notes.append(try SealedNote(result, row: row, organisationID: organisationID))
        }
        return notes
    }

    private static func place(_ cursor: String) throws(RecordsError) -> NoteCursor {
        guard let place = NoteCursor(text: cursor) else { throw .invalidCursor }
        return place
    }

    private static func newID() throws(RecordsError) -> String {
        do throws(SecretsError) { return try SecretGenerator.uuid() } catch { throw .internalFailure }
    }
}

extension Note {
    fileprivate init(_ note: NewNote, _ row: NoteSeal.Row, keyID: String, createdAt: String) {
        self.init(
            id: row.id, organisationID: row.organisationID, residentID: row.residentID, authorID: row.authorID,
            body: note.body, keyID: keyID, createdAt: createdAt)
    }
}
