/// A row of a note, its body still sealed.
struct SealedNote: Sendable {
    var id: String
    var organisationID: String
    var residentID: String
    var authorID: String
    /// As `NoteSeal` opens it.
    var body: [UInt8]?
    /// As `RecordSeal` opens it.
    var content: [UInt8]?
    var keyID: String
    var createdAt: String
    var tags: [String]
    var destroyedAt: String?
    var isAmended: Bool

    init(_ result: QueryResult, row index: Int, organisationID: String) throws(PostgresError) {
        id = try result.requiredText(index, 0)
        self.organisationID = organisationID
        residentID = try result.requiredText(index, 1)
        authorID = try result.requiredText(index, 2)
        body = try result.bytes(index, 3)
        content = try result.bytes(index, 4)
        keyID = try result.requiredText(index, 5)
        createdAt = try result.requiredText(index, 6)
        tags = try result.requiredText(index, 7).split(separator: ",").map(String.init)
        destroyedAt = try result.text(index, 8)
        isAmended = try result.requiredText(index, 9) == "true"
    }

    static func all(_ result: QueryResult, organisationID: String) throws(PostgresError) -> [SealedNote] {
        var notes: [SealedNote] = []
        for row in 0..<result.rowCount {
            notes.append(try SealedNote(result, row: row, organisationID: organisationID))
        }
        return notes
    }
}

/// Seals and opens what notes and their amendments hold.
struct NoteSeals: Sendable {
    let record: RecordSeal
    let older: NoteSeal

    func open(_ note: SealedNote) throws(RecordsError) -> Note {
        Note(
            id: note.id, organisationID: note.organisationID, residentID: note.residentID,
            authorID: note.authorID, body: try body(note), tags: note.tags, keyID: note.keyID,
            createdAt: note.createdAt, destroyedAt: note.destroyedAt, isAmended: note.isAmended)
    }

    func place(
        of id: String, organisationID: String, residentID: String, authorID: String
    ) -> RecordSeal.Place {
        RecordSeal.Place(
            table: "notes", column: "content", organisationID: organisationID, rowID: id,
            further: [residentID, authorID])
    }

    func place(_ column: String, ofAmendment id: String, to noteID: String, by author: Identity)
        -> RecordSeal.Place
    {
        place(
            column, ofAmendment: id, to: noteID, authorID: author.subjectID, organisationID: author.organisationID)
    }

    func place(
        _ column: String, ofAmendment id: String, to noteID: String, authorID: String, organisationID: String
    ) -> RecordSeal.Place {
        RecordSeal.Place(
            table: "note_amendments", column: column, organisationID: organisationID, rowID: id,
            further: [noteID, authorID])
    }

    private func body(_ note: SealedNote) throws(RecordsError) -> String? {
        if let content = note.content {
            return try record.openText(
                content,
                at: place(
                    of: note.id, organisationID: note.organisationID, residentID: note.residentID,
                    authorID: note.authorID))
        }
        guard let body = note.body else { return nil }
        let row = NoteSeal.Row(
            id: note.id, organisationID: note.organisationID, residentID: note.residentID, authorID: note.authorID)
        return try older.open(body, keyID: note.keyID, of: row)
    }
}
