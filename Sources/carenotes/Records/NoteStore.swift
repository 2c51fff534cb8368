package import Secrets

/// The notes of all organisations, each seen by its own only. Bodies are sealed before they reach the database.
///
/// Calls block: up to 5 s for one attempt, up to 10 s with retries.
package final class NoteStore: Sendable {
    private let database: Database
    private let encryptionKey: SecretBytes

    /// The encryption key has 32 bytes.
    package init(database: Database, encryptionKey: SecretBytes) {
        self.database = database
        self.encryptionKey = encryptionKey
    }

    /// Writes the note, once for each idempotency key of an author: the same key with the same request hash gives the
    /// note that stands already, and with another throws `idempotencyKeyReused`.
    package func create(
        _ note: NewNote, by author: Identity, idempotencyKey: String, requestHash: [UInt8]
    ) throws(RecordsError) -> CreatedNote {
        throw .unavailable(retryAfterSeconds: 1)
    }

    /// The notes about a resident, oldest first, at most `limit` (1 or more) of those after the cursor.
    package func list(
        residentID: String, for reader: Identity, after cursor: String?, limit: Int
    ) throws(RecordsError) -> NotePage {
        throw .unavailable(retryAfterSeconds: 1)
    }
}
