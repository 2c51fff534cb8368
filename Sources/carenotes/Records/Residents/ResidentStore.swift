import Secrets

/// The residents of all organisations, each seen by its own only. Who they are is sealed before it reaches the database.
///
/// Calls block, as those of `NoteStore`.
package final class ResidentStore: Sendable {
    let database: Database
    let seal: RecordSeal
    let writes: IdempotentWrites
    private let lists: ResidentListCache?
    private let replica: Int

    /// Each encryption key has 32 bytes. Without `lists`, each list is read from the database; `replica` is the number that the
    /// audit trail has.
    init(database: Database, encryption: KeyRing, lists: ResidentListCache? = nil, replica: Int = 0) {
        self.database = database
        self.lists = lists
        seal = RecordSeal(encryption)
        self.replica = replica
        writes = IdempotentWrites(database: database, seal: seal, replica: replica)
    }

    /// Takes a resident in, once for each idempotency key of an author. `today` is a day of `CalendarDate`.
    func create(
        _ changes: ResidentChanges, by author: Identity, key: IdempotencyKey, today: String
    ) throws(RecordsError) -> IdempotentWrites.Outcome {
        var resident = Resident(
            id: try RecordID.make(), organisationID: author.organisationID, createdAt: "", updatedAt: "")
        try changes.apply(to: &resident, today: today)
        let new = resident
        let organisation: [PostgresValue] = [.text(author.organisationID)]
        let values = try values(of: new, by: author)
        return try performing(key, by: author, recordID: new.id) {
            connection, deadline throws(PostgresError) in
            let calls = [Call(ResidentSQL.addOrganisation, organisation), Call(ResidentSQL.create, values)]
            let made = try connection.execute(calls, by: deadline)[1]
            var written = new
            written.createdAt = try made.requiredText(0, 0)
            written.updatedAt = try made.requiredText(0, 1)
            var json = JSONWriter()
            written.write(to: &json)
            return .success(
                IdempotentWrites.Answer(status: .created, body: json.bytes, residentID: new.id))
        }
    }

    /// The residents that the filter lets through, in the order in which they were taken in.
    package func list(_ filter: ResidentFilter, for reader: Identity) throws(RecordsError) -> Page<Resident> {
        guard let lists else { return try readList(filter, for: reader).page }
        switch lists.look(filter, for: reader.organisationID) {
        case .found(let page): return page
        case .missing(let place):
            let (page, position) = try readList(filter, for: reader)
            if let place { lists.keep(page, in: place, readAt: position) }
            return page
        }
    }

    /// The list, and how far the server that gave it had come before.
    private func readList(
        _ filter: ResidentFilter, for reader: Identity
    ) throws(RecordsError) -> (page: Page<Resident>, position: LogPosition?) {
        let calls = [Call(LogPosition.present), ResidentSQL.list(filter, organisationID: reader.organisationID)]
        let (rows, position) = try database.reads.perform { connection, deadline throws(PostgresError) in
            let results = try connection.execute(for: reader.organisationID, calls, by: deadline)
            let position = try results[0].text(0, 0).flatMap { LogPosition($0) }
            return (try SealedResident.all(results[1], organisationID: reader.organisationID), position)
        }
        let residents = try rows.map { row throws(RecordsError) in try row.opened(with: seal) }
        let page = Page(residents, limit: filter.limit) { PageCursor(createdAt: $0.createdAt, id: $0.id) }
        return (page, position)
    }

    /// Runs a change of the organisation's residents, which makes its lists void.
    func changing<Value>(
        _ organisation: String, _ body: () throws(RecordsError) -> Value
    ) throws(RecordsError) -> Value {
        guard let lists else { return try body() }
        return try lists.changing(organisation, position: primaryPosition, body)
    }

    /// Carries a POST out that changes residents.
    func performing(
        _ key: IdempotencyKey, by author: Identity, recordID: String,
        _ write: (PostgresConnection, Deadline) throws(PostgresError) -> Result<
            IdempotentWrites.Answer, RecordsError
        >
    ) throws(RecordsError) -> IdempotentWrites.Outcome {
        try changing(author.organisationID) { () throws(RecordsError) in
            try writes.perform(key, by: author, recordID: recordID, write)
        }
    }

    /// Where the primary writes; nil where it does not say so soon.
    private func primaryPosition() -> LogPosition? {
        let limits = DatabaseAccess.Limits(call: .seconds(1), budget: .seconds(1))
        let text = try? database.writes.perform(within: limits) { connection, deadline throws(PostgresError) in
            try connection.execute(LogPosition.present, [], by: deadline).text(0, 0)
        }
        return text.flatMap(\.self).flatMap { LogPosition($0) }
    }

    package func find(_ id: String, for reader: Identity) throws(RecordsError) -> Resident {
        let call = Call(ResidentSQL.find, [.text(reader.organisationID), .text(id)])
        guard let resident = try read(call, for: reader).first else { throw .noSuchRecord }
        return resident
    }

    /// Changes what is known of a resident. The same changes twice come to the same. `today` is a day of `CalendarDate`.
    ///
    /// - Throws: `noSuchRecord`, `destroyed`, `invalidField`.
    package func change(
        _ id: String, _ changes: ResidentChanges, by author: Identity, today: String
    ) throws(RecordsError) -> Resident {
        try locked(id, by: author) { row, connection, deadline throws(PostgresError) in
            let values: [PostgresValue]
            var resident = row.resident
            do throws(RecordsError) {
                resident = try row.opened(with: self.seal)
                guard resident.destroyedAt == nil else { throw .destroyed }
                try changes.apply(to: &resident, today: today)
                values = try self.values(of: resident, by: author)
            } catch {
                return .failure(error)
            }
            let changed = try connection.execute(ResidentSQL.update, values, by: deadline)
            resident.updatedAt = try changed.requiredText(0, 0)
            return .success(resident)
        }
    }

    /// Runs `body` in a transaction that holds the resident's row, and writes down that it did; where it refuses, nothing is kept.
    func locked<Value: Sendable>(
        _ id: String, by author: Identity,
        _ body: (SealedResident, PostgresConnection, Deadline) throws(PostgresError) -> Result<Value, RecordsError>
    ) throws(RecordsError) -> Value {
        let organisation = author.organisationID
        let values: [PostgresValue] = [.text(organisation), .text(id)]
        let event = AuditEvent(.change, by: author).about(resident: id)
        let first = [Call(ResidentSQL.lock, values), Call(ResidentSQL.find, values)]
        let result = try changing(organisation) { () throws(RecordsError) in
            try database.writes.perform { connection, deadline throws(PostgresError) in
                try connection.transaction(for: organisation, first: first, by: deadline) {
                    results throws(PostgresError) -> (Result<Value, RecordsError>, [Call]?) in
                    guard let row = try SealedResident.all(results[1], organisationID: organisation).first else {
                        return (.failure(.noSuchRecord), nil)
                    }
                    let result = try body(row, connection, deadline)
                    if case .failure = result { return (result, nil) }
                    return (result, [event.call(replica: self.replica)])
                }
            }
        }
        return try result.get()
    }

    func read(_ call: Call, for reader: Identity) throws(RecordsError) -> [Resident] {
        let rows = try database.reads.perform { connection, deadline throws(PostgresError) in
            let results = try connection.execute(for: reader.organisationID, [call], by: deadline)
            return try SealedResident.all(results[0], organisationID: reader.organisationID)
        }
        return try rows.map { row throws(RecordsError) in try row.opened(with: seal) }
    }

    private func values(of resident: Resident, by author: Identity) throws(RecordsError) -> [PostgresValue] {
        var details = PostgresValue.null
        if let known = resident.details {
            let place = SealedResident.place(of: resident.id, organisationID: resident.organisationID)
            details = .bytes(try seal.seal(known.json, at: place))
        }
        return [
            .text(resident.organisationID), .text(resident.id), details, .optional(resident.room),
            .text(resident.status.rawValue), .optional(resident.careEndedOn), .text(author.subjectID),
        ]
    }
}
