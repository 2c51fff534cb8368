import Secrets
import Testing

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

extension PostgresTests {
    struct DatabaseTests {
        let cluster: PostgresCluster

        init() throws { cluster = try WithPostgres.cluster }

        @Test func `three replicas migrate at once, and again`() throws {
            try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
            let replicas = (1...3).map { cluster.database(instance: $0) }
            for _ in 1...2 {
                let results = inParallel(3) { index in (try? replicas[index].migrate()) != nil }
                #expect(results == [true, true, true])
            }
            let names = "SELECT string_agg(name, ',' ORDER BY number) FROM carenotes.migrations"
            #expect(try cluster.query(names) == Migration.all.map(\.name).joined(separator: ","))
        }

        @Test func `health names each server's role, and what is away`() throws {
            let health = cluster.database().health(within: .seconds(2))
            #expect(health.servers.map(\.role) == [.primary, .standby, nil])
            #expect(health.servers[2].failure?.contains("refused") == true)
            #expect(health.primary?.latency ?? .zero > .zero)
        }

        @Test func `reads go to the standby, and writes to the primary`() throws {
            let database = cluster.database(instance: 7)
            let store = try freshStore(database)
            let note = try store.write("replicated", key: "k").note
            try waitUntil { try store.readAll() == [note] }
            let sessions = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'carenotes-7'"
            #expect(try cluster.query(sessions, on: PostgresCluster.standby) == "1")
            #expect(try cluster.query(sessions) == "1")
            #expect(database.statistics.primary.open == 1 && database.statistics.standby.idle == 1)
        }

        @Test func `with a standby only, notes are read and not written`() throws {
            let note = try freshStore(cluster.database()).write("kept", key: "k").note
            let database = cluster.database(
                hosts: [PostgresCluster.standby], limits: .init(call: .seconds(1), budget: .seconds(1)))
            let store = NoteStore(database: database, encryptionKey: key)
            try waitUntil { try store.readAll() == [note] }
            #expect(throws: RecordsError.unavailable(retryAfterSeconds: 5)) { try store.write("lost", key: "k2") }
            #expect(database.statistics.lastFailure?.contains("read-only") == true)
            #expect(database.circuits.map(\.failuresInARow) == [1, 0])
        }

        @Test func `a wrong password is told from a server that is away`() throws {
            var settings = cluster.settings(hosts: [PostgresCluster.primary])
            settings.password = .init("wrong-password")
            let database = Database(
                settings, instance: 1, threshold: 5, openTime: .seconds(5),
                limits: .init(call: .seconds(1), budget: .seconds(1)))
            #expect(throws: RecordsError.self) { try database.migrate() }
            let failure = try #require(database.statistics.lastFailure)
            #expect(failure.contains("authentication failed") && !failure.contains("wrong-password"))
        }

        @Test func `whoever finds all connections in use waits no longer than the settings say`() throws {
            var settings = cluster.settings(maximum: 1)
            settings.acquireTimeout = .milliseconds(100)
            let database = Database(settings, instance: 1, threshold: 5, openTime: .seconds(5))
            let error = #expect(throws: RecordsError.self) {
                try database.writes.perform { _, _ throws(PostgresError) in
                    // Inside a transaction that holds the only connection.
                    if (try? database.migrate()) == nil { throw .unexpectedResult("as expected") }
                }
            }
            #expect(error == .internalFailure)
            #expect(database.statistics.primary.acquireTimeouts == 1)
            #expect(database.statistics.primary.waiting == 0)
        }

        @Test func `a closed database refuses, and keeps no connection`() throws {
            let database = cluster.database()
            try database.migrate()
            database.close()
            #expect(throws: RecordsError.unavailable(retryAfterSeconds: 5)) { try database.migrate() }
            #expect(database.statistics.primary.open == 0)
        }
    }

    static func waitUntil(_ condition: () throws -> Bool) throws {
        for _ in 0..<400 {
            if try condition() { return }
            usleep(25_000)
        }
        throw ServerFailure(what: "it did not come true")
    }
}
