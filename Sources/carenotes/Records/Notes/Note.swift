/// What a carer writes about a resident.
package struct NewNote: Sendable, Equatable {
    /// A lower-case UUID, validated before it comes here.
    package var residentID: String
    package var body: String
    /// As `Tag` has them, each once.
    package var tags: [String]

    package init(residentID: String, body: String, tags: [String] = []) {
        self.residentID = residentID
        self.body = body
        self.tags = tags
    }
}

/// A note as it stands in the record. Ids are lower-case UUIDs.
package struct Note: Sendable, Equatable {
    package var id: String
    package var organisationID: String
    package var residentID: String
    package var authorID: String
    /// Nil where the record was destroyed.
    package var body: String?
    package var tags: [String] = []
    /// The `KeyID` of the key that seals the body in the database.
    package var keyID: String
    /// RFC 3339, UTC, microseconds: `2026-11-23T14:20:00.123456Z`. The database's clock.
    package var createdAt: String
    package var destroyedAt: String?
    /// Whether amendments follow it.
    package var isAmended = false

    func write(to json: inout JSONWriter, amendments: [Amendment]? = nil) {
        json.object { json in
            json.member("id", id)
            json.member("organisation_id", organisationID)
            json.member("resident_id", residentID)
            json.member("author_id", authorID)
            json.member("body", body)
            json.member("tags", tags)
            json.member("key_id", keyID)
            json.member("created_at", createdAt)
            json.member("amended", isAmended)
            json.member("destroyed_at", destroyedAt)
            if let amendments {
                json.name("amendments")
                json.array { json in for amendment in amendments { amendment.write(to: &json) } }
            }
        }
    }
}

/// What was later found to be wrong or missing in a note, by whom and why. The note itself stays as it was.
package struct Amendment: Sendable, Equatable {
    package var id: String
    package var noteID: String
    package var authorID: String
    /// Nil where the record was destroyed.
    package var body: String?
    package var reason: String?
    package var createdAt: String
    package var destroyedAt: String?

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("note_id", noteID)
            json.member("author_id", authorID)
            json.member("body", body)
            json.member("reason", reason)
            json.member("created_at", createdAt)
            json.member("destroyed_at", destroyedAt)
        }
    }
}

/// Rows in the order in which they were made, as far as a page goes.
package struct Page<Row: Sendable & Equatable>: Sendable, Equatable {
    package var rows: [Row]
    /// The cursor to ask for what follows, nil where nothing does.
    package var next: String?

    /// Of one row more than the page takes, which tells whether anything follows.
    init(_ rows: [Row], limit: Int, cursor: (Row) -> PageCursor) {
        self.rows = Array(rows.prefix(limit))
        next = rows.count > limit ? self.rows.last.map { cursor($0).text } : nil
    }

    func json(_ name: String, _ write: (Row, inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.name(name)
            json.array { json in for row in rows { write(row, &json) } }
            json.member("next", next)
        }
        return json.bytes
    }
}
