/// Carries a POST out once for each idempotency key of an author. Request hash and answer stand in the same transaction as
/// what was written, the answer sealed.
final class IdempotentWrites: Sendable {
    private let database: Database
    private let seal: RecordSeal
    /// The number of this one, for the audit trail.
    private let replica: Int

    init(database: Database, seal: RecordSeal, replica: Int) {
        self.database = database
        self.seal = seal
        self.replica = replica
    }

    struct Answer: Sendable, Equatable {
        var status: Status
        var body: [UInt8]
        /// Whose record it is, for the audit trail; known when it is written, and not when it is answered again.
        var residentID: String?
    }

    enum Outcome: Sendable, Equatable {
        case fresh(Answer)
        /// What was answered the first time.
        case replayed(Answer)
        /// A release before this one wrote that note under the key, and kept no answer.
        case olderNote(id: String)
    }

    /// `write` runs in the transaction, perhaps several times, each from the start; where it refuses, nothing is kept.
    /// `recordID` is chosen before the first attempt, so that a retry finds what an earlier one has written.
    func perform(
        _ key: IdempotencyKey, by author: Identity, recordID: String,
        _ write: (PostgresConnection, Deadline) throws(PostgresError) -> Result<Answer, RecordsError>
    ) throws(RecordsError) -> Outcome {
        let prune = Call(Self.prune, [.text(author.organisationID)])
        let claim = Call(
            Self.claim,
            [
                .text(author.organisationID), .text(author.subjectID), .text(key.text), .bytes(key.requestHash),
                .text(recordID),
            ])
        let place = RecordSeal.Place(
            table: "idempotency_keys", column: "response", organisationID: author.organisationID,
            rowID: author.subjectID, further: [key.text])
        let event = AuditEvent(.change, by: author).about(record: recordID)
        let result = try database.writes.perform { connection, deadline throws(PostgresError) in
            try connection.transaction(for: author.organisationID, first: [prune, claim], by: deadline) {
                results throws(PostgresError) -> (Result<Outcome, RecordsError>, [Call]?) in
                let standing = try Standing(results[1])
                guard key.matches(standing.requestHash) else {
                    return (.failure(.idempotencyKeyReused), nil)
                }
                if let outcome = standing.outcome(isOwn: standing.recordID == recordID, seal, place) {
                    // Committed, since the key's row was written anew: a replay, too, is acknowledged only when a
                    // synchronous standby has everything up to it.
                    let own = standing.recordID == recordID
                    let replay = event.about(record: standing.recordID).ending("replayed")
                    return (outcome, own ? [] : [replay.call(replica: replica)])
                }
                return stored(try write(connection, deadline), claim.values, place, event)
            }
        }
        return try result.get()
    }

    private func stored(
        _ result: Result<Answer, RecordsError>, _ claim: [PostgresValue], _ place: RecordSeal.Place,
        _ event: AuditEvent
    ) -> (Result<Outcome, RecordsError>, [Call]?) {
        do throws(RecordsError) {
            let answer = try result.get()
            let response = try seal.seal(answer.body, at: place)
            let store = Call(
                Self.store, Array(claim.prefix(3)) + [.integer(Int(answer.status.rawValue)), .bytes(response)])
            let written = event.about(resident: answer.residentID).call(replica: replica)
            return (.success(.fresh(Answer(status: answer.status, body: answer.body))), [store, written])
        } catch {
            return (.failure(error), nil)
        }
    }
}

extension IdempotentWrites {
    /// What stands under the key.
    private struct Standing {
        var requestHash: [UInt8]
        var recordID: String?
        var status: Status?
        var response: [UInt8]?
        var noteID: String?

        init(_ result: QueryResult) throws(PostgresError) {
            requestHash = try result.requiredBytes(0, 0)
            recordID = try result.text(0, 1)
            status = try result.text(0, 2).flatMap { UInt32($0) }.flatMap { Status(rawValue: $0) }
            response = try result.bytes(0, 3)
            noteID = try result.text(0, 4)
        }

        /// Nil where nothing was answered yet.
        func outcome(
            isOwn: Bool, _ seal: RecordSeal, _ place: RecordSeal.Place
        ) -> Result<Outcome, RecordsError>? {
            if let noteID { return .success(.olderNote(id: noteID)) }
            guard let status, let response else { return nil }
            do throws(RecordsError) {
                let answer = Answer(status: status, body: try seal.open(response, at: place))
                return .success(isOwn ? .fresh(answer) : .replayed(answer))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Keys that nobody used for 30 days, some with each write, so that they end without a task of their own.
    private static let prune = Statement(
        name: "prune-keys",
        text: """
            DELETE FROM carenotes.idempotency_keys WHERE (organisation_id, author_id, key) IN (
                SELECT organisation_id, author_id, key FROM carenotes.idempotency_keys
                WHERE organisation_id = $1 AND last_used_at < now() - interval '30 days'
                ORDER BY last_used_at LIMIT 4 FOR UPDATE SKIP LOCKED)
            """)

    /// A second request with the same key waits here until the first has committed.
    private static let claim = Statement(
        name: "claim-key",
        text: """
            INSERT INTO carenotes.idempotency_keys (organisation_id, author_id, key, request_hash, record_id)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (organisation_id, author_id, key) DO UPDATE SET last_used_at = clock_timestamp()
            RETURNING request_hash, record_id::text, status::text, response, note_id::text
            """)
    private static let store = Statement(
        name: "store-answer",
        text: """
            UPDATE carenotes.idempotency_keys SET status = $4, response = $5
            WHERE organisation_id = $1 AND author_id = $2 AND key = $3
            """)
}
