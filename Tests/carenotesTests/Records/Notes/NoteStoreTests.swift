import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    struct NoteStoreTests {
        let cluster: PostgresCluster
        let database: Database
        let store: NoteStore

        init() throws {
            cluster = try WithPostgres.cluster
            // Reads from the primary, so that a test sees at once what it wrote.
            database = cluster.database(hosts: [PostgresCluster.primary])
            store = try freshStore(database)
        }

        @Test func `a note comes back as it was written, and lies sealed in the table`() throws {
            let written = try store.write("Slept well. 😴", key: "k1")
            #expect(!written.isReplay && written.note.body == "Slept well. 😴")
            #expect(written.note.createdAt.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil)
            #expect(written.note.keyID == KeyID.of(key))
            #expect(try store.readAll() == [written.note])
            #expect(try cluster.query("SELECT position('Slept'::bytea in content) FROM carenotes.notes") == "0")
            #expect(try cluster.query("SELECT key_id FROM carenotes.notes") == KeyID.of(key))
            #expect(
                try cluster.query("SELECT tableowner FROM pg_tables WHERE tablename = 'notes'")
                    == "carenotes_owner")
        }

        @Test func `pages follow each other in the order of writing`() throws {
            let written = try (1...7).map { try store.write("note \($0)", key: "k\($0)").note }
            #expect(try store.readAll(pageSize: 3) == written)
            #expect(try store.readAll(pageSize: 7) == written)
        }

        @Test func `another organisation sees nothing, and has idempotency keys of its own`() throws {
            let mine = try store.write("mine", key: "k")
            let other = Identity(
                organisationID: otherOrganisation, subjectID: author.subjectID, role: .carer)
            #expect(try store.readAll(for: other).isEmpty)
            #expect(throws: RecordsError.noSuchRecord) { try store.find(mine.note.id, for: other) }
            let theirs = try store.write("theirs", key: "k", by: other)
            #expect(!theirs.isReplay && theirs.note.id != mine.note.id)
        }

        @Test func `a note about nobody is refused, and leaves its key free`() throws {
            let nobody = NewNote(residentID: "00000000-0000-4000-8000-0000000000bb", body: "x")
            let idempotencyKey = IdempotencyKey(text: "k", requestHash: Digest.sha256("x"))
            #expect(throws: RecordsError.unknownResident) {
                try store.create(nobody, by: author, key: idempotencyKey)
            }
            #expect(try cluster.query("SELECT count(*) FROM carenotes.idempotency_keys") == "0")
            #expect(try !store.write("x", key: "k").isReplay)
        }

        @Test func `the same key gives the same note, and refuses another request`() throws {
            let first = try store.write("once", key: "k")
            let second = try store.write("once", key: "k")
            #expect(second.isReplay && second.note == first.note)
            #expect(throws: RecordsError.idempotencyKeyReused) { try store.write("twice", key: "k") }
            #expect(try store.readAll() == [first.note])
        }

        @Test func `a key that nobody used for 30 days is free again`() throws {
            let first = try store.write("once", key: "k")
            _ = try store.write("other", key: "other")
            try cluster.query(
                "UPDATE carenotes.idempotency_keys SET last_used_at = now() - interval '31 days' WHERE key = 'k'")
            _ = try store.write("third", key: "third")
            #expect(
                try cluster.query("SELECT string_agg(key, ',' ORDER BY key) FROM carenotes.idempotency_keys")
                    == "other,third")
            let second = try store.write("once more", key: "k")
            #expect(!second.isReplay && second.note.id != first.note.id)
        }

        @Test func `requests with the same key at the same time make one note`() throws {
            for round in 1...5 {
                let results = inParallel(8) { [store] _ in try? store.write("raced", key: "race \(round)") }
                #expect(results.count { $0 != nil } == 8)
                #expect(Set(results.map { $0?.note.id }).count == 1)
                #expect(results.count { $0?.isReplay == false } == 1)
            }
            #expect(try store.readAll().count == 5)
        }

        @Test func `a body does not open with another key, nor in another row`() throws {
            _ = try store.write("one", key: "k1")
            let otherKey = NoteStore(
                database: database, encryptionKey: SecretBytes([UInt8](repeating: 8, count: 32)))
            #expect(throws: RecordsError.unreadable) { try otherKey.readAll() }
            #expect(throws: RecordsError.unreadable) { try otherKey.write("one", key: "k1") }
            let moved = "00000000-0000-4000-8000-0000000000bb"
            try cluster.query(
                "INSERT INTO carenotes.residents (organisation_id, id) VALUES ('\(organisation)', '\(moved)')")
            // As somebody who has the database's files could: no trigger keeps them from it.
            try cluster.query(
                "SET session_replication_role = replica; UPDATE carenotes.notes SET resident_id = '\(moved)'")
            #expect(throws: RecordsError.unreadable) {
                try store.list(NoteFilter(residentID: moved), for: author)
            }
        }

        @Test func `what the caller did wrong does not open the circuit`() throws {
            let nonsense = Identity(organisationID: "nonsense", subjectID: author.subjectID, role: .carer)
            for _ in 1...6 {
                #expect(throws: RecordsError.internalFailure) {
                    try store.list(NoteFilter(residentID: resident), for: nonsense)
                }
            }
            #expect(database.circuits.map { $0.state(at: .now) } == [.closed, .closed])
            #expect(database.statistics.lastFailure?.hasPrefix("22P02") == true)
        }
    }
}
