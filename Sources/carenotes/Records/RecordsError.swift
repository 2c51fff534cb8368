/// Why a record was not written or read.
package enum RecordsError: Error, Sendable, Equatable {
    /// The database is away, or changes its primary. The same request is worth another try after that time.
    case unavailable(retryAfterSeconds: Int)
    /// The key came before, with another request.
    case idempotencyKeyReused
    /// The cursor is none that a page gave.
    case invalidCursor
    /// There is no such record in the organisation; another's has the same answer.
    case noSuchRecord
    /// The resident of a new note is not one of the organisation's.
    case unknownResident
    /// What was decided to be destroyed takes no change any more.
    case destroyed
    /// The record is not past its retention.
    case notDue
    case onLegalHold
    /// Only the author, or who manages residents, may amend a note.
    case notTheAuthor
    /// Two fields do not go together, or one does not go with what stands.
    case invalidField(String, String)
    /// Sealed with a key that this replica does not hold, or changed since it was sealed.
    case unreadable
    /// A defect here or in the schema; the database's statistics hold the last failure's text.
    case internalFailure
}

extension Problem {
    init(_ error: RecordsError) {
        switch error {
        case .unavailable(let seconds):
            self = .unavailable(
                .databaseUnavailable, "The database does not answer. Try the same request again.",
                retryAfter: seconds)
        case .idempotencyKeyReused:
            self.init(
                .unprocessableContent, .idempotencyKeyReused,
                "This Idempotency-Key came before, with another request.",
                fields: [FieldFault("Idempotency-Key", "must be new for a new request")])
        case .invalidCursor:
            self.init(
                .badRequest, .invalidCursor, "cursor must be the `next` of a page.",
                fields: [FieldFault("cursor", "must be the `next` of a page, given once")])
        case .noSuchRecord: self.init(.notFound, .noSuchResource, "There is no such record.")
        case .unknownResident:
            self.init(
                .unprocessableContent, .unknownResident, "There is no such resident.",
                fields: [FieldFault("resident_id", "must be the id of a resident")])
        case .destroyed:
            self.init(.conflict, .recordDestroyed, "The record was destroyed by a decision, and takes no change.")
        case .notDue: self.init(.conflict, .recordNotDue, "The record is not past its retention.")
        case .onLegalHold: self.init(.conflict, .legalHold, "The record is under legal hold.")
        case .notTheAuthor:
            self.init(.forbidden, .notAllowed, "Only its author, a manager or an admin may amend a note.")
        case .invalidField(let name, let detail):
            self.init(
                .unprocessableContent, .invalidField, "A field is not as it must be; see errors.",
                fields: [FieldFault(name, detail)])
        case .unreadable:
            self.init(.internalServerError, .recordUnreadable, "A record is sealed with a key that is not here.")
        case .internalFailure: self.init(.internalServerError, .internalError, "Something failed here.")
        }
    }
}
