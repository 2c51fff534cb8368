package import Secrets

/// The notes of all organisations, each seen by its own only. Bodies are sealed before they reach the database.
///
/// Calls block: up to 5 s for one attempt, up to 10 s with retries.
package final class NoteStore: Sendable {
    let database: Database
    let seals: NoteSeals
    let writes: IdempotentWrites

    /// Each encryption key has 32 bytes; `replica` is the number that the audit trail has.
    package init(database: Database, encryption: KeyRing, replica: Int = 0) {
        self.database = database
        let seal = RecordSeal(encryption)
        seals = NoteSeals(record: seal, older: NoteSeal(encryption))
        writes = IdempotentWrites(database: database, seal: seal, replica: replica)
    }

    /// Writes the note, once for each idempotency key of an author, and gives the answer for it.
    ///
    /// - Throws: `unknownResident`, `destroyed`, `idempotencyKeyReused`.
    func create(
        _ note: NewNote, by author: Identity, key: IdempotencyKey
    ) throws(RecordsError) -> IdempotentWrites.Outcome {
        let id = try RecordID.make()
        let place = seals.place(
            of: id, organisationID: author.organisationID, residentID: note.residentID, authorID: author.subjectID)
        let values: [PostgresValue] = [
            .text(author.organisationID), .text(note.residentID), .text(id), .text(author.subjectID),
            .bytes(try seals.record.seal(note.body, at: place)), .text(seals.record.keyID),
            .text("{\(note.tags.joined(separator: ","))}"),
        ]
        let outcome = try writes.perform(key, by: author, recordID: id) {
            connection, deadline throws(PostgresError) in
            let made = try connection.execute(NoteSQL.create, values, by: deadline)
            guard made.rowCount == 1 else { return .failure(try Self.refusal(values, connection, deadline)) }
            let written = Note(
                id: id, organisationID: author.organisationID, residentID: note.residentID,
                authorID: author.subjectID, body: note.body, tags: note.tags, keyID: self.seals.record.keyID,
                createdAt: try made.requiredText(0, 0))
            var json = JSONWriter()
            written.write(to: &json)
            return .success(
                IdempotentWrites.Answer(status: .created, body: json.bytes, residentID: note.residentID))
        }
        guard case .olderNote(let id) = outcome else { return outcome }
        var json = JSONWriter()
        try find(id, organisationID: author.organisationID, among: database.writes).note.write(to: &json)
        return .replayed(IdempotentWrites.Answer(status: .created, body: json.bytes))
    }

    /// The notes that the filter lets through, oldest first, at most as many as its limit, from its cursor on.
    package func list(_ filter: NoteFilter, for reader: Identity) throws(RecordsError) -> Page<Note> {
        let call = NoteSQL.list(filter, organisationID: reader.organisationID)
        let rows = try database.reads.perform { connection, deadline throws(PostgresError) in
            let results = try connection.execute(for: reader.organisationID, [call], by: deadline)
            return try SealedNote.all(results[0], organisationID: reader.organisationID)
        }
        let notes = try rows.map { row throws(RecordsError) in try seals.open(row) }
        return Page(notes, limit: filter.limit) { PageCursor(createdAt: $0.createdAt, id: $0.id) }
    }

    /// One note with its amendments, oldest first.
    package func find(
        _ id: String, for reader: Identity
    ) throws(RecordsError) -> (note: Note, amendments: [Amendment]) {
        try find(id, organisationID: reader.organisationID, among: database.reads)
    }

    private func find(
        _ id: String, organisationID: String, among access: DatabaseAccess
    ) throws(RecordsError) -> (note: Note, amendments: [Amendment]) {
        let values: [PostgresValue] = [.text(organisationID), .text(id)]
        let calls = [Call(NoteSQL.find, values), Call(NoteSQL.amendments, values)]
        let found = try access.perform { connection, deadline throws(PostgresError) in
            let results = try connection.execute(for: organisationID, calls, by: deadline)
            return (
                try SealedNote.all(results[0], organisationID: organisationID),
                try SealedAmendment.all(results[1], noteID: id, organisationID: organisationID)
            )
        }
        guard let note = found.0.first else { throw .noSuchRecord }
        let amendments = try found.1.map { row throws(RecordsError) in try row.opened(with: seals) }
        return (try seals.open(note), amendments)
    }

    private static func refusal(
        _ values: [PostgresValue], _ connection: PostgresConnection, _ deadline: Deadline
    ) throws(PostgresError) -> RecordsError {
        let found = try connection.execute(ResidentSQL.exists, Array(values.prefix(2)), by: deadline)
        return found.rowCount == 0 ? .unknownResident : .destroyed
    }
}

/// Ids of new rows.
enum RecordID {
    static func make() throws(RecordsError) -> String {
        do throws(SecretsError) { return try SecretGenerator.uuid() } catch { throw .internalFailure }
    }
}
