/// The statements on the audit trail: it is only ever added to and read.
enum AuditSQL {
    /// A second time the same event changes nothing: the transaction that wrote it may be run again.
    static let insert = Statement(
        name: "write-audit",
        text: """
            INSERT INTO carenotes.audit_events (id, organisation_id, occurred_at, kind, action, actor_id, resident_id,
                record_id, entry)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
            """)

    /// The same for a line of a replica's chain.
    static let ship = Statement(
        name: "ship-audit",
        text: """
            INSERT INTO carenotes.audit_events (id, organisation_id, occurred_at, kind, action, actor_id, resident_id,
                record_id, entry, chain, sequence, previous, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING
            """)

    /// The hash of a line that should be there.
    static let shipped = Statement(
        name: "find-audit-line",
        text: "SELECT hash FROM carenotes.audit_events WHERE chain = $1 AND sequence = $2")

    /// With a text and a name of its own for each set of filters, as `NoteSQL.list`.
    static func list(_ filter: AuditFilter, organisationID: String) -> Call {
        var values: [PostgresValue] = [.text(organisationID)]
        var conditions = ["organisation_id = $1"]
        var name = "list-audit"
        func add(_ letter: String, _ condition: (String) -> String, _ value: String?) {
            guard let value else { return }
            values.append(.text(value))
            conditions.append(condition("$\(values.count)"))
            name += "-" + letter
        }
        add("resident", { "resident_id = \($0)::uuid" }, filter.residentID)
        add("actor", { "actor_id = \($0)::uuid" }, filter.actorID)
        add("from", { "occurred_at >= \($0)::timestamptz" }, filter.from)
        add("to", { "occurred_at < \($0)::timestamptz" }, filter.to)
        let place = filter.cursor ?? .start
        values += [.text(place.createdAt), .text(place.id), .integer(filter.limit + 1)]
        let last = values.count
        conditions.append("(occurred_at, id) > ($\(last - 2)::timestamptz, $\(last - 1)::uuid)")
        let text = """
            SELECT id::text, \(SQLTime.text("occurred_at")), entry FROM carenotes.audit_events
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY audit_events.occurred_at, audit_events.id LIMIT $\(last)
            """
        return Call(Statement(name: name, text: text), values)
    }
}

/// Which events of an organisation are asked for.
struct AuditFilter: Sendable, Equatable {
    var residentID: String?
    var actorID: String?
    /// As `Moment` gives it: from this moment on, and before that one.
    var from: String?
    var to: String?
    var cursor: PageCursor?
    /// 1 or more.
    var limit = 50
}

extension AuditEvent {
    /// Writes the event in the transaction that does what it tells of.
    func call(replica: Int) -> Call { Call(AuditSQL.insert, columns(entry: json(replica: replica))) }

    func columns(entry: [UInt8]) -> [PostgresValue] {
        [
            .text(id), .text(organisationID), .text(time), .text(kind.rawValue), .text(origin.action),
            .optional(actorID), .optional(residentID), .optional(recordID), .bytes(entry),
        ]
    }
}
