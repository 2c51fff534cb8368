/// The statements on notes. Each one names the organisation, although the policies would do.
enum NoteSQL {
    private static let columns = """
        id::text, resident_id::text, author_id::text, body, content, key_id, \(SQLTime.text("created_at")),
        array_to_string(tags, ','), \(SQLTime.text("destroyed_at")),
        EXISTS (SELECT FROM carenotes.note_amendments a
            WHERE a.organisation_id = notes.organisation_id AND a.note_id = notes.id)::text
        """

    /// Gives no row where the resident is unknown or destroyed; holds off a destruction until this has committed.
    static let create = Statement(
        name: "create-note",
        text: """
            INSERT INTO carenotes.notes (organisation_id, resident_id, id, author_id, content, key_id, tags)
            SELECT $1, r.id, $3, $4, $5, $6, $7 FROM carenotes.residents r
            WHERE r.organisation_id = $1 AND r.id = $2 AND r.destroyed_at IS NULL FOR KEY SHARE
            RETURNING \(SQLTime.text("created_at"))
            """)

    static let find = Statement(
        name: "find-note",
        text: "SELECT \(columns) FROM carenotes.notes WHERE organisation_id = $1 AND id = $2")

    /// With a text and a name of its own for each set of filters: a plan for all of them would use no index. In ORDER BY a
    /// bare `id` would be the column of the result, a text that no index orders.
    static func list(_ filter: NoteFilter, organisationID: String) -> Call {
        var values: [PostgresValue] = [.text(organisationID)]
        var conditions = ["organisation_id = $1"]
        var name = "list-notes"
        func add(_ letter: String, _ condition: (String) -> String, _ value: String?) {
            guard let value else { return }
            values.append(.text(value))
            conditions.append(condition("$\(values.count)"))
            name += "-" + letter
        }
        add("resident", { "resident_id = \($0)::uuid" }, filter.residentID)
        add("author", { "author_id = \($0)::uuid" }, filter.authorID)
        add("tag", { "tags @> ARRAY[\($0)::text]" }, filter.tag)
        add("from", { "created_at >= \($0)::timestamptz" }, filter.from)
        add("to", { "created_at < \($0)::timestamptz" }, filter.to)
        let place = filter.cursor ?? .start
        values += [.text(place.createdAt), .text(place.id), .integer(filter.limit + 1)]
        let last = values.count
        conditions.append("(created_at, id) > ($\(last - 2)::timestamptz, $\(last - 1)::uuid)")
        let text = """
            SELECT \(columns) FROM carenotes.notes WHERE \(conditions.joined(separator: " AND "))
            ORDER BY notes.created_at, notes.id LIMIT $\(last)
            """
        return Call(Statement(name: name, text: text), values)
    }

    static let amend = Statement(
        name: "amend-note",
        text: """
            INSERT INTO carenotes.note_amendments (organisation_id, note_id, id, author_id, body, reason)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING \(SQLTime.text("created_at"))
            """)

    /// Holds off a destruction until the amendment has committed.
    static let lockResident = Statement(
        name: "lock-resident-of-note",
        text: """
            SELECT n.author_id::text, (r.destroyed_at IS NOT NULL)::text, r.id::text
            FROM carenotes.notes n JOIN carenotes.residents r
                ON r.organisation_id = n.organisation_id AND r.id = n.resident_id
            WHERE n.organisation_id = $1 AND n.id = $2 FOR KEY SHARE OF r
            """)

    static let amendments = Statement(
        name: "list-amendments",
        text: """
            SELECT id::text, author_id::text, body, reason, \(SQLTime.text("created_at")),
                \(SQLTime.text("destroyed_at"))
            FROM carenotes.note_amendments WHERE organisation_id = $1 AND note_id = $2
            ORDER BY note_amendments.created_at, note_amendments.id
            """)
}

/// Which notes of an organisation are asked for.
package struct NoteFilter: Sendable, Equatable {
    package var residentID: String?
    package var authorID: String?
    package var tag: String?
    /// As `Moment` gives it: from this moment on, and before that one.
    package var from: String?
    package var to: String?
    var cursor: PageCursor?
    /// 1 or more.
    package var limit = 50
}
