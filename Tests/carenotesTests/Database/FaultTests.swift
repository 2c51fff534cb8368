import Synchronization
import Testing

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

extension PostgresTests {
    struct FaultTests {
        let cluster: PostgresCluster

        init() throws { cluster = try WithPostgres.cluster }

        @Test func `a frozen primary costs a call its time limit, and stops no reads`() throws {
            let database = cluster.database(limits: .init(call: .milliseconds(500), budget: .seconds(1)))
            let store = try freshStore(database)
            let note = try store.write("before", key: "k1").note
            try waitUntil { try store.readAll() == [note] }
            let server = try #require(cluster.server(PostgresCluster.primary))
            server.freeze()
            defer { server.thaw() }
            #expect(throws: RecordsError.unavailable(retryAfterSeconds: 5)) { try store.write("while", key: "k2") }
            #expect(database.health(within: .milliseconds(300)).servers.map(\.role) == [nil, .standby, nil])
            #expect(try store.readAll() == [note])
            server.thaw()
            _ = try Patient.write(store, "while", key: "k2")
            try waitUntil { try store.readAll().map(\.body) == ["before", "while"] }
        }

        @Test func `a frozen standby does not stop reads`() throws {
            let database = cluster.database(limits: .init(call: .milliseconds(500), budget: .seconds(4)))
            let store = try freshStore(database)
            let note = try store.write("read me", key: "k").note
            try waitUntil { try store.readAll() == [note] }
            let standby = try #require(cluster.server(PostgresCluster.standby))
            standby.freeze()
            defer { standby.thaw() }
            #expect(try store.readAll() == [note])
            #expect(database.statistics.retries > 0)
        }

        @Test func `a commit whose wait for the standby is cancelled counts as unknown, and is written once`()
            throws
        {
            let database = cluster.database()
            let store = try freshStore(database)
            _ = try store.write("warm", key: "k0")
            let standby = try #require(cluster.server(PostgresCluster.standby))
            standby.freeze()
            let waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' LIMIT 1"
            let results = inParallel(2) { index -> String? in
                if index == 0 { return try? store.write("cancelled", key: "k1").note.id }
                try? waitUntil { try cluster.query(waiting) != "" }
                _ = try? cluster.query("SELECT pg_cancel_backend((\(waiting)))")
                try? waitUntil { database.statistics.retries > 0 }
                standby.thaw()
                return nil
            }
            #expect(database.statistics.retries > 0)
            let id = try #require(results.compactMap(\.self).first)
            #expect(try cluster.query("SELECT count(*) FROM carenotes.notes WHERE id = '\(id)'") == "1")
            #expect(try cluster.query("SELECT count(*) FROM carenotes.notes") == "2")
        }

        @Test func `every acknowledged note is there once after the primary was killed amid writes`() throws {
            let database = cluster.database()
            let store = try freshStore(database)
            let server = try #require(cluster.server(PostgresCluster.primary))
            let written = Counter()
            let acknowledged = inParallel(5) { writer -> [String] in
                if writer == 4 {
                    try? waitUntil { written.value > 100 }
                    server.killAll()
                    try? cluster.start(PostgresCluster.primary)
                    return []
                }
                return (0..<150).compactMap { number in
                    let name = "w\(writer) n\(number)"
                    let note = try? Patient.write(store, name, key: name).note
                    written.add()
                    return note?.id
                }
            }.flatMap(\.self)
            try cluster.waitForStandby()
            #expect(acknowledged.count == 600 && Set(acknowledged).count == 600)
            let stored = try cluster.query("SELECT id FROM carenotes.notes ORDER BY id").split(separator: "\n")
            #expect(stored.map(String.init) == acknowledged.sorted())
            #expect(database.statistics.retries > 0)
        }
    }

    final class Counter: Sendable {
        private let count = Atomic(0)

        var value: Int { count.load(ordering: .relaxed) }

        func add() { count.add(1, ordering: .relaxed) }
    }

    /// As nginx and clients do: the same request again, while it is answered 503.
    enum Patient {
        static func write(_ store: NoteStore, _ body: String, key: String) throws -> WrittenNote {
            for _ in 0..<40 {
                do throws(RecordsError) {
                    return try store.write(body, key: key)
                } catch .unavailable {
                    usleep(250_000)
                }
            }
            return try store.write(body, key: key)
        }
    }
}
