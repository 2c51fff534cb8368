/// What an amendment says.
package struct NewAmendment: Sendable, Equatable {
    package var noteID: String
    package var body: String
    package var reason: String
}

extension NoteStore {
    /// Adds the amendment, once for each idempotency key of an author.
    ///
    /// - Throws: `noSuchRecord`, `notTheAuthor`, `destroyed`, `idempotencyKeyReused`.
    func amend(
        _ amendment: NewAmendment, by author: Identity, key: IdempotencyKey
    ) throws(RecordsError) -> IdempotentWrites.Outcome {
        let id = try RecordID.make()
        let note: [PostgresValue] = [.text(author.organisationID), .text(amendment.noteID)]
        let values =
            note + [
                .text(id), .text(author.subjectID),
                .bytes(
                    try seals.record.seal(
                        amendment.body,
                        at: seals.place("body", ofAmendment: id, to: amendment.noteID, by: author))),
                .bytes(
                    try seals.record.seal(
                        amendment.reason,
                        at: seals.place("reason", ofAmendment: id, to: amendment.noteID, by: author))),
            ]
        return try writes.perform(key, by: author, recordID: id) { connection, deadline throws(PostgresError) in
            let found = try connection.execute(NoteSQL.lockResident, note, by: deadline)
            guard found.rowCount == 1 else { return .failure(.noSuchRecord) }
            let isOwn = try found.requiredText(0, 0) == author.subjectID
            guard isOwn || author.role.allows(.manageResidents) else { return .failure(.notTheAuthor) }
            guard try found.requiredText(0, 1) == "false" else { return .failure(.destroyed) }
            let made = try connection.execute(NoteSQL.amend, values, by: deadline)
            let written = Amendment(
                id: id, noteID: amendment.noteID, authorID: author.subjectID, body: amendment.body,
                reason: amendment.reason, createdAt: try made.requiredText(0, 0))
            var json = JSONWriter()
            written.write(to: &json)
            return .success(
                IdempotentWrites.Answer(
                    status: .created, body: json.bytes, residentID: try found.requiredText(0, 2)))
        }
    }
}

/// A row of an amendment, still sealed.
struct SealedAmendment: Sendable {
    var id: String
    var noteID: String
    var organisationID: String
    var authorID: String
    var body: [UInt8]?
    var reason: [UInt8]?
    var createdAt: String
    var destroyedAt: String?

    static func all(
        _ result: QueryResult, noteID: String, organisationID: String
    ) throws(PostgresError) -> [SealedAmendment] {
        var rows: [SealedAmendment] = []
        for row in 0..<result.rowCount {
            rows.append(
                SealedAmendment(
                    id: try result.requiredText(row, 0), noteID: noteID, organisationID: organisationID,
                    authorID: try result.requiredText(row, 1), body: try result.bytes(row, 2),
                    reason: try result.bytes(row, 3), createdAt: try result.requiredText(row, 4),
                    destroyedAt: try result.text(row, 5)))
        }
        return rows
    }

    func opened(with seals: NoteSeals) throws(RecordsError) -> Amendment {
        Amendment(
            id: id, noteID: noteID, authorID: authorID, body: try text(body, "body", seals),
            reason: try text(reason, "reason", seals), createdAt: createdAt, destroyedAt: destroyedAt)
    }

    private func text(_ sealed: [UInt8]?, _ column: String, _ seals: NoteSeals) throws(RecordsError) -> String? {
        guard let sealed else { return nil }
        return try seals.record.openText(
            sealed,
            at: seals.place(
                column, ofAmendment: id, to: noteID, authorID: authorID, organisationID: organisationID))
    }
}
