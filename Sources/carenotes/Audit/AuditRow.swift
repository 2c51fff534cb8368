import Secrets

/// A line of a chain as a row of the trail.
struct AuditRow: Sendable, Equatable {
    var line: ChainLine
    var organisationID: String
    var kind: String
    private var time: String
    private var id: String
    private var action: String
    private var actorID: String?
    private var residentID: String?
    private var recordID: String?

    /// What only the chain says of itself belongs to nobody, and stands there under an id that its hash makes.
    init(_ line: ChainLine) {
        self.line = line
        let members = FlatJSON.decode(line.entry) ?? [:]
        func text(_ name: String) -> String? {
            if case .string(let text) = members[name] { text } else { nil }
        }
        func identifier(_ name: String) -> String? { text(name).flatMap { UUIDText.normalized($0) } }
        let isEvent = text("kind") != nil
        id = identifier("id") ?? Self.identifier(line.hash)
        organisationID = identifier("organisation_id") ?? AuditEvent.nobody
        kind = text("kind").flatMap { AuditEvent.Kind(rawValue: $0)?.rawValue } ?? "chain"
        time = text("time").flatMap { Moment.parse($0) } ?? WallClock.microseconds()
        action = isEvent ? text("action") ?? "" : text("chain_event") ?? "unknown"
        (actorID, residentID) = (identifier("actor_id"), identifier("resident_id"))
        recordID = identifier("record_id")
    }

    var hash: [UInt8] { Hex.decode(line.hash) ?? [] }

    var values: [PostgresValue] {
        [
            .text(id), .text(organisationID), .text(time), .text(kind), .text(action), .optional(actorID),
            .optional(residentID), .optional(recordID), .bytes(line.entry), .text(line.chain),
            .text(String(line.sequence)), .bytes(Hex.decode(line.previous) ?? []), .bytes(hash),
        ]
    }

    /// Writes the rows in one transaction, each as a row of its own organisation.
    ///
    /// - Returns: The hash that stands in the place of the last row.
    static func ship(
        _ rows: [AuditRow], on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> [UInt8]? {
        guard let last = rows.last else { return nil }
        var calls: [Call] = []
        var organisation = last.organisationID
        for row in rows {
            if calls.isEmpty || row.organisationID != organisation {
                organisation = row.organisationID
                calls.append(PostgresConnection.organisationCall(organisation))
            }
            calls.append(Call(AuditSQL.ship, row.values))
        }
        calls.append(Call(AuditSQL.shipped, [.text(last.line.chain), .text(String(last.line.sequence))]))
        guard let found = try connection.execute(calls, by: deadline).last, found.rowCount == 1 else { return nil }
        return try found.requiredBytes(0, 0)
    }

    private static func identifier(_ hash: String) -> String {
        let digits = Array(hash.utf8)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
            .map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }
}
