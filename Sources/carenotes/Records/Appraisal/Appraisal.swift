/// What a person decided about a record that is past its retention.
package struct NewAppraisal: Sendable, Equatable {
    package enum Decision: String, Sendable, CaseIterable {
        case retain
        case destroy
    }

    package var residentID: String
    package var decision: Decision
    package var reason: String
    /// A day of `CalendarDate`; where the record is retained, and only there.
    package var retainUntil: String?
}

enum AppraisalSQL {
    /// Whether the record is past its retention on the database's own day.
    static let isDue = Statement(
        name: "record-is-due",
        text: """
            SELECT FROM carenotes.residents
            WHERE organisation_id = $1 AND id = $2 AND care_ended_on < current_date - $3::integer
            """)
    static let decide = Statement(
        name: "decide-on-record",
        text: """
            INSERT INTO carenotes.appraisal_decisions
                (organisation_id, resident_id, id, decision, reason, retain_until, decided_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING \(SQLTime.text("decided_at"))
            """)
    static let destroy = Statement(
        name: "destroy-record", text: "SELECT \(SQLTime.text("carenotes.destroy_record($1)"))")

    /// Past their retention, not destroyed, and without a decision that retains them still.
    static let due = Statement(
        name: "list-due",
        text: """
            SELECT \(ResidentSQL.columns) FROM carenotes.residents r
            WHERE r.organisation_id = $1 AND r.care_ended_on < current_date - $2::integer
                AND r.destroyed_at IS NULL
                AND NOT EXISTS (SELECT FROM carenotes.appraisal_decisions d
                    WHERE d.organisation_id = r.organisation_id AND d.resident_id = r.id
                        AND d.retain_until >= current_date)
                AND (r.care_ended_on, r.id) > (($3::timestamptz AT TIME ZONE 'UTC')::date, $4::uuid)
            ORDER BY r.care_ended_on, r.id LIMIT $5
            """)
}

extension ResidentStore {
    /// Records whose care ended more than `retentionDays` ago, the oldest first, also those under legal hold.
    func due(
        retentionDays: Int, after cursor: PageCursor?, limit: Int, for reader: Identity
    ) throws(RecordsError) -> Page<Resident> {
        let place = cursor ?? .start
        let call = Call(
            AppraisalSQL.due,
            [
                .text(reader.organisationID), .integer(retentionDays), .text(place.createdAt), .text(place.id),
                .integer(limit + 1),
            ])
        return Page(try read(call, for: reader), limit: limit) { resident in
            PageCursor(createdAt: "\(resident.careEndedOn ?? "")T00:00:00.000000Z", id: resident.id)
        }
    }

    /// Writes a person's decision down and carries it out, once for each idempotency key. A destroyed record leaves its
    /// rows as tombstones: ids, times and decisions, no personal data.
    ///
    /// - Throws: `noSuchRecord`, `destroyed`, `notDue`, `onLegalHold`.
    func decide(
        _ appraisal: NewAppraisal, retentionDays: Int, by author: Identity, key: IdempotencyKey
    ) throws(RecordsError) -> IdempotentWrites.Outcome {
        let id = try RecordID.make()
        let place = RecordSeal.Place(
            table: "appraisal_decisions", column: "reason", organisationID: author.organisationID, rowID: id)
        let resident: [PostgresValue] = [.text(author.organisationID), .text(appraisal.residentID)]
        let values =
            resident + [
                .text(id), .text(appraisal.decision.rawValue), .bytes(try seal.seal(appraisal.reason, at: place)),
                .optional(appraisal.retainUntil), .text(author.subjectID),
            ]
        return try performing(key, by: author, recordID: id) { connection, deadline throws(PostgresError) in
            let refusal = try Self.refusal(appraisal, resident, retentionDays, author, connection, deadline)
            if let refusal { return .failure(refusal) }
            let made = try connection.execute(AppraisalSQL.decide, values, by: deadline)
            var destroyedAt: String?
            if appraisal.decision == .destroy {
                destroyedAt = try connection.execute(AppraisalSQL.destroy, [.text(id)], by: deadline)
                    .requiredText(0, 0)
            }
            let body = appraisal.json(
                id: id, by: author, decidedAt: try made.requiredText(0, 0), destroyedAt: destroyedAt)
            return .success(
                IdempotentWrites.Answer(status: .created, body: body, residentID: appraisal.residentID))
        }
    }

    private static func refusal(
        _ appraisal: NewAppraisal, _ resident: [PostgresValue], _ retentionDays: Int, _ author: Identity,
        _ connection: PostgresConnection, _ deadline: Deadline
    ) throws(PostgresError) -> RecordsError? {
        let calls = [
            Call(ResidentSQL.lock, resident), Call(ResidentSQL.find, resident),
            Call(AppraisalSQL.isDue, resident + [.integer(retentionDays)]),
        ]
        let results = try connection.execute(calls, by: deadline)
        let rows = try SealedResident.all(results[1], organisationID: author.organisationID)
        guard let row = rows.first else { return .noSuchRecord }
        if row.resident.destroyedAt != nil { return .destroyed }
        if results[2].rowCount == 0 { return .notDue }
        return appraisal.decision == .destroy && row.resident.isOnLegalHold ? .onLegalHold : nil
    }
}

extension NewAppraisal {
    fileprivate func json(id: String, by author: Identity, decidedAt: String, destroyedAt: String?) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("id", id)
            json.member("resident_id", residentID)
            json.member("decision", decision.rawValue)
            json.member("reason", reason)
            json.member("retain_until", retainUntil)
            json.member("decided_by", author.subjectID)
            json.member("decided_at", decidedAt)
            json.member("destroyed_at", destroyedAt)
        }
        return json.bytes
    }
}
