/// Why a record was not written or read.
package enum RecordsError: Error, Sendable, Equatable {
    /// The database is away, or changes its primary. The same request is worth another try after that time.
    case unavailable(retryAfterSeconds: Int)
    /// The key came before, with another request.
    case idempotencyKeyReused
    /// The cursor is none that a page gave.
    case invalidCursor
    /// Sealed with a key that this replica does not hold, or changed since it was sealed.
    case unreadable
    /// A defect here or in the schema; the database's statistics hold the last failure's text.
    case internalFailure
}
