/// What keeps a record from being destroyed, whatever its age.
package struct LegalHold: Sendable, Equatable {
    package var id: String
    package var residentID: String
    package var reason: String
    package var placedBy: String
    /// As `Note.createdAt`.
    package var placedAt: String

    var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("id", id)
            json.member("resident_id", residentID)
            json.member("reason", reason)
            json.member("placed_by", placedBy)
            json.member("placed_at", placedAt)
        }
        return json.bytes
    }

    static func place(of id: String, organisationID: String) -> RecordSeal.Place {
        RecordSeal.Place(table: "legal_holds", column: "reason", organisationID: organisationID, rowID: id)
    }
}

enum LegalHoldSQL {
    static let standing = Statement(
        name: "standing-hold",
        text: """
            SELECT id::text, reason, placed_by::text, \(SQLTime.text("placed_at")) FROM carenotes.legal_holds
            WHERE organisation_id = $1 AND resident_id = $2 AND lifted_at IS NULL
            """)
    static let place = Statement(
        name: "place-hold",
        text: """
            INSERT INTO carenotes.legal_holds (organisation_id, resident_id, id, placed_by, reason)
            VALUES ($1, $2, $3, $4, $5) RETURNING \(SQLTime.text("placed_at"))
            """)
    static let lift = Statement(
        name: "lift-hold",
        text: """
            UPDATE carenotes.legal_holds SET lifted_by = $3, lifted_at = clock_timestamp()
            WHERE organisation_id = $1 AND resident_id = $2 AND lifted_at IS NULL
            """)
}

extension ResidentStore {
    /// The hold that stands on the resident's record.
    package func legalHold(on id: String, for reader: Identity) throws(RecordsError) -> LegalHold {
        let call = Call(LegalHoldSQL.standing, [.text(reader.organisationID), .text(id)])
        let hold = try database.reads.perform { connection, deadline throws(PostgresError) in
            let results = try connection.execute(for: reader.organisationID, [call], by: deadline)
            return try SealedHold(results[0])
        }
        guard let hold else { throw .noSuchRecord }
        return try hold.opened(with: seal, residentID: id, organisationID: reader.organisationID)
    }

    /// Places a hold, or leaves the one that stands as it is: two reasons at once would need two ends.
    ///
    /// - Returns: The hold that stands now, and whether it is new.
    package func placeLegalHold(
        on id: String, reason: String, by author: Identity
    ) throws(RecordsError) -> (hold: LegalHold, isNew: Bool) {
        let holdID = try RecordID.make()
        let place = LegalHold.place(of: holdID, organisationID: author.organisationID)
        let sealed = try seal.seal(reason, at: place)
        let resident: [PostgresValue] = [.text(author.organisationID), .text(id)]
        return try locked(id, by: author) { row, connection, deadline throws(PostgresError) in
            guard row.resident.destroyedAt == nil else { return .failure(.destroyed) }
            let found = try connection.execute(LegalHoldSQL.standing, resident, by: deadline)
            if let standing = try SealedHold(found) {
                return self.opened(standing, on: id, by: author)
            }
            let values = resident + [.text(holdID), .text(author.subjectID), .bytes(sealed)]
            let made = try connection.execute(LegalHoldSQL.place, values, by: deadline)
            let hold = LegalHold(
                id: holdID, residentID: id, reason: reason, placedBy: author.subjectID,
                placedAt: try made.requiredText(0, 0))
            return .success((hold, true))
        }
    }

    /// Lifts the hold where one stands; who placed it and who lifted it stays in the table.
    package func liftLegalHold(on id: String, by author: Identity) throws(RecordsError) {
        let values: [PostgresValue] = [.text(author.organisationID), .text(id), .text(author.subjectID)]
        try locked(id, by: author) { _, connection, deadline throws(PostgresError) in
            _ = try connection.execute(LegalHoldSQL.lift, values, by: deadline)
            return .success(())
        }
    }

    private func opened(
        _ hold: SealedHold, on id: String, by author: Identity
    ) -> Result<(hold: LegalHold, isNew: Bool), RecordsError> {
        do throws(RecordsError) {
            let hold = try hold.opened(with: seal, residentID: id, organisationID: author.organisationID)
            return .success((hold, false))
        } catch {
            return .failure(error)
        }
    }
}

/// The row of a hold that stands, its reason still sealed.
private struct SealedHold: Sendable {
    var id: String
    var reason: [UInt8]
    var placedBy: String
    var placedAt: String

    /// Nil where there is no row.
    init?(_ result: QueryResult) throws(PostgresError) {
        guard result.rowCount == 1 else { return nil }
        id = try result.requiredText(0, 0)
        reason = try result.requiredBytes(0, 1)
        placedBy = try result.requiredText(0, 2)
        placedAt = try result.requiredText(0, 3)
    }

    func opened(
        with seal: RecordSeal, residentID: String, organisationID: String
    ) throws(RecordsError) -> LegalHold {
        let place = LegalHold.place(of: id, organisationID: organisationID)
        return LegalHold(
            id: id, residentID: residentID, reason: try seal.openText(reason, at: place), placedBy: placedBy,
            placedAt: placedAt)
    }
}
