import Testing

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

/// A primary whose packets vanish, as when its whole container is gone: nothing is refused, nothing is answered.
@Suite(
    .serialized, .postgres, .enabled(if: Blackhole.isPossible, "only root can let packets vanish (iptables)"))
struct LostHostTests {
    @Test func `reads go on, writes end in time, and go on at the promoted standby`() throws {
        let cluster = try WithPostgres.cluster
        let database = cluster.database(limits: .init(call: .seconds(2), budget: .seconds(4)))
        let store = try PostgresTests.freshStore(database)
        let note = try store.write("before", key: "k0").note
        try PostgresTests.waitUntil { try store.readAll() == [note] }
        let hole = try Blackhole(host: PostgresCluster.primary, port: cluster.port)
        defer { hole.end() }
        // Each ends although nobody answers: the first ones by their limits, the later ones by the open circuit.
        let ends = inParallel(8) { index -> RecordsError? in
            for _ in 0..<3 where index > 3 {
                guard (try? store.readAll()) == [note] else { return .internalFailure }
            }
            if index > 3 { return nil }
            do throws(RecordsError) { _ = try store.write("lost", key: "lost \(index)") } catch { return error }
            return nil
        }
        #expect(ends.compactMap(\.self) == Array(repeating: .unavailable(retryAfterSeconds: 5), count: 4))
        #expect(database.statistics.standby.waiting == 0 && database.statistics.primary.waiting == 0)
        try cluster.query("SELECT pg_promote()", on: PostgresCluster.standby)
        let after = try PostgresTests.Patient.write(store, "after", key: "k1").note
        #expect(database.health(within: .seconds(1)).primary?.host == PostgresCluster.standby)
        #expect(
            try cluster.query(
                "SELECT count(*) FROM carenotes.notes WHERE id IN ('\(note.id)', '\(after.id)')",
                on: PostgresCluster.standby) == "2")
    }
}
