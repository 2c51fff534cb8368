import Secrets
import Testing

@testable import carenotes

/// Everything that needs a real PostgreSQL, one test after the other on one cluster.
@Suite(.serialized, .postgres)
enum PostgresTests {
    static let organisation = "00000000-0000-4000-8000-000000000001"
    static let otherOrganisation = "00000000-0000-4000-8000-00000000000f"
    static let resident = "00000000-0000-4000-8000-0000000000aa"
    static let author = Identity(
        organisationID: organisation, subjectID: "00000000-0000-4000-8000-000000000002", role: .carer)
    static let key = SecretBytes([UInt8](repeating: 7, count: 32))

    /// A store on an empty schema, in which both organisations have the resident.
    static func freshStore(_ database: Database) throws -> NoteStore {
        try WithPostgres.cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
        try database.migrate()
        for organisation in [organisation, otherOrganisation] {
            try WithPostgres.cluster.query("INSERT INTO carenotes.organisations (id) VALUES ('\(organisation)')")
            try WithPostgres.cluster.query(
                "INSERT INTO carenotes.residents (organisation_id, id) VALUES ('\(organisation)', '\(resident)')")
        }
        return NoteStore(database: database, encryptionKey: key)
    }
}

struct WrittenNote: Equatable {
    var note: Note
    var isReplay: Bool
}

extension NoteStore {
    /// One note about `PostgresTests.resident`, as the answer has it.
    func write(
        _ body: String, key: String, by author: Identity = PostgresTests.author
    ) throws(RecordsError) -> WrittenNote {
        let outcome = try create(
            NewNote(residentID: PostgresTests.resident, body: body), by: author,
            key: IdempotencyKey(text: key, requestHash: Digest.sha256(body)))
        let isReplay = if case .replayed = outcome { true } else { false }
        guard let id = outcome.member("id"), let time = outcome.member("created_at") else {
            throw .internalFailure
        }
        let note = Note(
            id: id, organisationID: author.organisationID, residentID: PostgresTests.resident,
            authorID: author.subjectID, body: outcome.member("body"), keyID: outcome.member("key_id") ?? "",
            createdAt: time)
        return WrittenNote(note: note, isReplay: isReplay)
    }

    /// All notes about `PostgresTests.resident`, page by page.
    func readAll(pageSize: Int = 100, for reader: Identity = PostgresTests.author) throws(RecordsError) -> [Note] {
        var notes: [Note] = []
        var filter = NoteFilter(residentID: PostgresTests.resident, limit: pageSize)
        repeat {
            let page = try list(filter, for: reader)
            notes += page.rows
            filter.cursor = page.next.flatMap { PageCursor(text: $0) }
        } while filter.cursor != nil
        return notes
    }
}

extension IdempotentWrites.Outcome {
    /// A text of the answer.
    func member(_ name: String) -> String? {
        guard case .fresh(let answer) = self else {
            if case .replayed(let answer) = self { return Self.fresh(answer).member(name) }
            return nil
        }
        guard case .string(let text) = (try? JSONBody.read(answer.body))?[name] else { return nil }
        return text
    }
}
