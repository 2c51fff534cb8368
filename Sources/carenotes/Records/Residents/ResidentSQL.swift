/// The statements on residents. Each one names the organisation, although the policies would do.
enum ResidentSQL {
    static let columns = """
        r.id::text, r.details, r.room, r.status, r.care_ended_on::text,
        EXISTS (SELECT FROM carenotes.legal_holds h WHERE h.organisation_id = r.organisation_id
            AND h.resident_id = r.id AND h.lifted_at IS NULL)::text,
        \(SQLTime.text("r.created_at")), \(SQLTime.text("r.updated_at")), \(SQLTime.text("r.destroyed_at"))
        """

    static let addOrganisation = Statement(
        name: "add-organisation",
        text: "INSERT INTO carenotes.organisations (id) VALUES ($1) ON CONFLICT DO NOTHING")

    static let create = Statement(
        name: "create-resident",
        text: """
            INSERT INTO carenotes.residents
                (organisation_id, id, details, room, status, care_ended_on, created_by, updated_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
            RETURNING \(SQLTime.text("created_at")), \(SQLTime.text("updated_at"))
            """)

    static let exists = Statement(
        name: "resident-exists", text: "SELECT FROM carenotes.residents WHERE organisation_id = $1 AND id = $2")

    static let find = Statement(
        name: "find-resident",
        text: "SELECT \(columns) FROM carenotes.residents r WHERE r.organisation_id = $1 AND r.id = $2")

    /// Until the transaction ends, nobody else changes the resident, places a hold or destroys the record. What stands is
    /// read by a statement after this one, which sees what was committed while this one waited.
    static let lock = Statement(
        name: "lock-resident",
        text: """
            SELECT FROM carenotes.residents WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE
            """)

    static let update = Statement(
        name: "update-resident",
        text: """
            UPDATE carenotes.residents
            SET details = $3, room = $4, status = $5, care_ended_on = $6, updated_by = $7,
                updated_at = clock_timestamp()
            WHERE organisation_id = $1 AND id = $2 RETURNING \(SQLTime.text("updated_at"))
            """)

    /// With a name of its own for each set of filters, as `NoteSQL.list`.
    static func list(_ filter: ResidentFilter, organisationID: String) -> Call {
        var values: [PostgresValue] = [.text(organisationID)]
        var conditions = ["r.organisation_id = $1"]
        var name = "list-residents"
        for (column, value) in [("status", filter.status?.rawValue), ("room", filter.room)] {
            guard let value else { continue }
            values.append(.text(value))
            conditions.append("r.\(column) = $\(values.count)")
            name += "-" + column
        }
        let place = filter.cursor ?? .start
        values += [.text(place.createdAt), .text(place.id), .integer(filter.limit + 1)]
        let last = values.count
        conditions.append("(r.created_at, r.id) > ($\(last - 2)::timestamptz, $\(last - 1)::uuid)")
        let text = """
            SELECT \(columns) FROM carenotes.residents r WHERE \(conditions.joined(separator: " AND "))
            ORDER BY r.created_at, r.id LIMIT $\(last)
            """
        return Call(Statement(name: name, text: text), values)
    }
}

/// Which residents of an organisation are asked for.
package struct ResidentFilter: Sendable, Equatable {
    package var status: ResidentStatus?
    package var room: String?
    var cursor: PageCursor?
    /// 1 or more.
    package var limit = 50
}

/// A row of a resident, the details still sealed.
struct SealedResident: Sendable {
    var resident: Resident
    var details: [UInt8]?

    init(_ result: QueryResult, row: Int, organisationID: String) throws(PostgresError) {
        details = try result.bytes(row, 1)
        resident = Resident(
            id: try result.requiredText(row, 0), organisationID: organisationID, room: try result.text(row, 2),
            careEndedOn: try result.text(row, 4),
            isOnLegalHold: try result.requiredText(row, 5) == "true",
            createdAt: try result.requiredText(row, 6), updatedAt: try result.requiredText(row, 7),
            destroyedAt: try result.text(row, 8))
        guard let status = ResidentStatus(rawValue: try result.requiredText(row, 3)) else {
            throw .unexpectedResult("an unknown status")
        }
        resident.status = status
    }

    static func all(_ result: QueryResult, organisationID: String) throws(PostgresError) -> [SealedResident] {
        var rows: [SealedResident] = []
        for row in 0..<result.rowCount {
            rows.append(try SealedResident(result, row: row, organisationID: organisationID))
        }
        return rows
    }

    static func place(of id: String, organisationID: String) -> RecordSeal.Place {
        RecordSeal.Place(table: "residents", column: "details", organisationID: organisationID, rowID: id)
    }

    func opened(with seal: RecordSeal) throws(RecordsError) -> Resident {
        guard let details else { return resident }
        let place = Self.place(of: resident.id, organisationID: resident.organisationID)
        guard let opened = ResidentDetails(json: try seal.open(details, at: place)) else { throw .unreadable }
        var resident = resident
        resident.details = opened
        return resident
    }
}
