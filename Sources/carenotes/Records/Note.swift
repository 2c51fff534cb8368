/// What a carer writes about a resident.
package struct NewNote: Sendable, Equatable {
    /// A lower-case UUID, validated before it comes here.
    package var residentID: String
    package var body: String

    package init(residentID: String, body: String) {
        self.residentID = residentID
        self.body = body
    }
}

/// A note as it stands in the record. Ids are lower-case UUIDs.
package struct Note: Sendable, Equatable {
    package var id: String
    package var organisationID: String
    package var residentID: String
    package var authorID: String
    package var body: String
    /// The `KeyID` of the key that seals the body in the database.
    package var keyID: String
    /// RFC 3339, UTC, microseconds: `2026-11-23T14:20:00.123456Z`. The database's clock.
    package var createdAt: String

    package init(
        id: String, organisationID: String, residentID: String, authorID: String, body: String, keyID: String,
        createdAt: String
    ) {
        self.id = id
        self.organisationID = organisationID
        self.residentID = residentID
        self.authorID = authorID
        self.body = body
        self.keyID = keyID
        self.createdAt = createdAt
    }
}

package struct CreatedNote: Sendable, Equatable {
    package var note: Note
    /// Whether an earlier request with the same idempotency key had made it.
    package var isReplay: Bool

    package init(note: Note, isReplay: Bool) {
        self.note = note
        self.isReplay = isReplay
    }
}

/// Notes in the order in which they were made.
package struct NotePage: Sendable, Equatable {
    package var notes: [Note]
    /// The cursor to ask for what follows, nil where nothing does.
    package var next: String?

    package init(notes: [Note], next: String?) {
        self.notes = notes
        self.next = next
    }
}
