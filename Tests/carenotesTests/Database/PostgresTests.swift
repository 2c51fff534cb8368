import Secrets
import Testing

@testable import carenotes

/// Everything that needs a real PostgreSQL, one test after the other on one cluster.
@Suite(.serialized, .postgres)
enum PostgresTests {
    static let organisation = "00000000-0000-4000-8000-000000000001"
    static let resident = "00000000-0000-4000-8000-0000000000aa"
    static let author = Identity(
        organisationID: organisation, subjectID: "00000000-0000-4000-8000-000000000002", role: .carer)
    static let key = SecretBytes([UInt8](repeating: 7, count: 32))

    /// A store on an empty schema.
    static func freshStore(_ database: Database) throws -> NoteStore {
        try WithPostgres.cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
        try database.migrate()
        return NoteStore(database: database, encryptionKey: key)
    }
}

extension NoteStore {
    /// One note of `PostgresTests.author`.
    func write(_ body: String, key: String) throws(RecordsError) -> CreatedNote {
        try create(
            NewNote(residentID: PostgresTests.resident, body: body), by: PostgresTests.author, idempotencyKey: key,
            requestHash: Digest.sha256(body))
    }

    /// All notes about `PostgresTests.resident`, page by page.
    func readAll(pageSize: Int = 100) throws(RecordsError) -> [Note] {
        var notes: [Note] = []
        var cursor: String?
        repeat {
            let page = try list(
                residentID: PostgresTests.resident, for: PostgresTests.author, after: cursor, limit: pageSize)
            notes += page.notes
            cursor = page.next
        } while cursor != nil
        return notes
    }
}
