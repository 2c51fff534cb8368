/// `/api/audit`: what was done in an organisation, by whom and when, for its administrators.
struct AuditResource: Sendable {
    let database: Database
    let trail: AuditTrail

    func list(_ asked: Asked) throws(Problem) -> Dispatcher.Work {
        let filter = try Self.filter(asked.request)
        let asLines = AcceptField.takesLines(asked.request.headers.values("Accept"))
        return {
            let page = try list(filter, for: asked.identity)
            let event = asked.event.about(resident: filter.residentID, count: page.rows.count)
            return try trail.showing(asLines ? Self.lines(page) : Self.document(page), event)
        }
    }

    /// An event as it was written, and where it stands.
    struct Row: Sendable, Equatable {
        var id: String
        var time: String
        var entry: [UInt8]
    }

    private func list(_ filter: AuditFilter, for reader: Identity) throws(RecordsError) -> Page<Row> {
        let call = AuditSQL.list(filter, organisationID: reader.organisationID)
        let rows = try database.reads.perform { connection, deadline throws(PostgresError) in
            let results = try connection.execute(for: reader.organisationID, [call], by: deadline)
            return try Row.all(results[0])
        }
        return Page(rows, limit: filter.limit) { PageCursor(createdAt: $0.time, id: $0.id) }
    }

    static func filter(_ request: Request) throws(Problem) -> AuditFilter {
        var fields = QueryFields(request)
        var filter = AuditFilter()
        filter.residentID = fields.parsed("resident_id", "must be a UUID", { UUIDText.normalized($0) })
        filter.actorID = fields.parsed("actor_id", "must be a UUID", { UUIDText.normalized($0) })
        let moment = "must be a day or a time from 1900 to 2199, such as 2026-11-23 or 2026-11-23T14:20:00Z"
        filter.from = fields.parsed("from", moment, Moment.parse)
        filter.to = fields.parsed("to", moment, Moment.parse)
        filter.limit = fields.limit()
        filter.cursor = try fields.cursor()
        try fields.end()
        return filter
    }

    private static func document(_ page: Page<Row>) -> Reply {
        .ok(page.json("events") { row, json in json.raw(String(decoding: row.entry, as: UTF8.self)) })
    }

    /// JSON Lines; where the next page begins stands in the header `Next-Cursor`.
    private static func lines(_ page: Page<Row>) -> Reply {
        let reply = Reply(
            status: .ok, contentType: Reply.lines, body: page.rows.flatMap { $0.entry + [UInt8(ascii: "\n")] })
        return page.next.map { reply.with("Next-Cursor", $0) } ?? reply
    }
}

extension AuditResource.Row {
    static func all(_ result: QueryResult) throws(PostgresError) -> [AuditResource.Row] {
        var rows: [AuditResource.Row] = []
        for row in 0..<result.rowCount {
            rows.append(
                AuditResource.Row(
                    id: try result.requiredText(row, 0), time: try result.requiredText(row, 1),
                    entry: try result.requiredBytes(row, 2)))
        }
        return rows
    }
}
