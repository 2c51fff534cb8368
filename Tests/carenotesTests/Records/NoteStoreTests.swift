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
            #expect(try cluster.query("SELECT position('Slept'::bytea in body) FROM carenotes.notes") == "0")
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

        @Test(arguments: [
            "", "x", "AAAA",
            "MjAyNi0xMy00NVQ5OTo5OTo5OS45OTk5OTlaMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw",
        ])
        func `a made-up cursor is refused`(cursor: String) throws {
            #expect(throws: RecordsError.invalidCursor) {
                try store.list(residentID: resident, for: author, after: cursor, limit: 5)
            }
            #expect(database.circuits.allSatisfy { $0.failuresInARow == 0 })
        }

        @Test func `another organisation sees nothing, and has idempotency keys of its own`() throws {
            let mine = try store.write("mine", key: "k")
            let other = Identity(
                organisationID: "00000000-0000-4000-8000-00000000000f", subjectID: author.subjectID, role: .carer)
            #expect(try store.list(residentID: resident, for: other, after: nil, limit: 5).notes.isEmpty)
            let theirs = try store.create(
                NewNote(residentID: resident, body: "theirs"), by: other, idempotencyKey: "k", requestHash: [1])
            #expect(!theirs.isReplay && theirs.note.id != mine.note.id)
        }

        @Test func `the same key gives the same note, and refuses another request`() throws {
            let first = try store.write("once", key: "k")
            let second = try store.write("once", key: "k")
            #expect(second.isReplay && second.note == first.note)
            #expect(throws: RecordsError.idempotencyKeyReused) { try store.write("twice", key: "k") }
            #expect(try store.readAll() == [first.note])
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
            try cluster.query("UPDATE carenotes.notes SET resident_id = gen_random_uuid()")
            let moved = try cluster.query("SELECT resident_id FROM carenotes.notes")
            #expect(throws: RecordsError.unreadable) {
                try store.list(residentID: moved, for: author, after: nil, limit: 1)
            }
        }

        @Test func `what the caller did wrong does not open the circuit`() throws {
            let nonsense = Identity(organisationID: "nonsense", subjectID: author.subjectID, role: .carer)
            for _ in 1...6 {
                #expect(throws: RecordsError.internalFailure) {
                    try store.list(residentID: resident, for: nonsense, after: nil, limit: 5)
                }
            }
            #expect(database.circuits.map { $0.state(at: .now) } == [.closed, .closed])
            #expect(database.statistics.lastFailure?.hasPrefix("22P02") == true)
        }
    }
}
