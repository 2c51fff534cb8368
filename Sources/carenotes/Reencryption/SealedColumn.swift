/// A column whose values are sealed, and how its rows are found and told apart. `row` and `further` make the place that a value
/// is bound to.
struct SealedColumn: Sendable, Equatable {
    var table: String
    var column: String
    /// The columns that a row is found by within its organisation, in the order of an index, with their types.
    var key: [(name: String, type: String)]
    /// What else a value is bound to, after the key.
    var further: [String] = []
    /// Whether the key's id stands in a column of its own, too.
    var hasKeyColumn = false

    static func == (left: SealedColumn, right: SealedColumn) -> Bool {
        left.table == right.table && left.column == right.column
    }

    private static let id = [(name: "id", type: "uuid")]

    /// Every column that `RecordSeal` seals. A test holds it against the schema.
    static let all = [
        SealedColumn(table: "residents", column: "details", key: id),
        SealedColumn(
            table: "notes", column: "content", key: id, further: ["resident_id", "author_id"], hasKeyColumn: true),
        SealedColumn(table: "note_amendments", column: "body", key: id, further: ["note_id", "author_id"]),
        SealedColumn(table: "note_amendments", column: "reason", key: id, further: ["note_id", "author_id"]),
        SealedColumn(table: "legal_holds", column: "reason", key: id),
        SealedColumn(table: "appraisal_decisions", column: "reason", key: id),
        SealedColumn(
            table: "idempotency_keys", column: "response",
            key: [(name: "author_id", type: "uuid"), (name: "key", type: "text")]),
    ]

    /// The older form of a note's text, which becomes `content`.
    static let olderNotes = SealedColumn(
        table: "notes", column: "body", key: id, further: ["resident_id", "author_id"])

    var isOlderForm: Bool { self == .olderNotes }

    /// Where the value of a row belongs, out of its key and what follows it.
    func place(_ parts: [String], in organisation: String) -> RecordSeal.Place {
        RecordSeal.Place(
            table: table, column: column, organisationID: organisation, rowID: parts.first ?? "",
            further: Array(parts.dropFirst()))
    }

    // MARK: Statements

    private var name: String { "\(table)-\(column)" }
    private var keyID: String { isOlderForm ? "key_id" : "encode(substring(\(column) from 2 for 8), 'hex')" }

    /// How many values each key has sealed: $1 is the organisation.
    var count: Statement {
        Statement(
            name: "count-\(name)",
            text: """
                SELECT \(keyID), count(*)::text FROM carenotes.\(table)
                WHERE organisation_id = $1 AND \(column) IS NOT NULL GROUP BY 1
                """)
    }

    /// The next rows that another key has sealed: $1 is the organisation, $2 the key's id, $3 how many, then the key of the
    /// last row.
    func next(isFirst: Bool) -> Statement {
        let columns = (key.map(\.name) + further).map { "\($0)::text" }.joined(separator: ", ")
        let names = key.map(\.name).joined(separator: ", ")
        let values = key.enumerated().map { "$\($0.offset + 4)::\($0.element.type)" }.joined(separator: ", ")
        let after = isFirst ? "" : "AND (\(names)) > (\(values))"
        // A bare name in ORDER BY would be the column of the result, a text that no index orders.
        let order = key.map { "\(table).\($0.name)" }.joined(separator: ", ")
        return Statement(
            name: "\(isFirst ? "first" : "next")-\(name)",
            text: """
                SELECT \(columns), \(column)\(isOlderForm ? ", key_id" : "") FROM carenotes.\(table)
                WHERE organisation_id = $1 AND \(column) IS NOT NULL AND \(keyID) <> $2 \(after)
                ORDER BY \(order) LIMIT $3
                """)
    }

    /// Puts the value sealed anew in place of the one that was read, and of no other: $1 is the organisation, $2 the value that
    /// was read, $3 the new one, $4 its key's id where the table has a column for it, then the key.
    var replace: Statement {
        let first = hasKeyColumn || isOlderForm ? 5 : 4
        let rows = key.enumerated().map { "\($0.element.name) = $\($0.offset + first)::\($0.element.type)" }
        let assignment =
            isOlderForm
            ? "content = $3, body = NULL, key_id = $4"
            : "\(column) = $3" + (hasKeyColumn ? ", key_id = $4" : "")
        return Statement(
            name: "replace-\(name)",
            text: """
                UPDATE carenotes.\(table) SET \(assignment)
                WHERE organisation_id = $1 AND \(column) = $2 AND \(rows.joined(separator: " AND ")) RETURNING '1'
                """)
    }
}
