import Testing

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

/// A cluster of its own: its standby becomes the primary.
@Suite(.serialized, .postgres)
struct FailoverTests {
    @Test func `writes go on at the promoted standby, and no acknowledged note is lost`() throws {
        let cluster = try WithPostgres.cluster
        let database = cluster.database(limits: .init(call: .seconds(1), budget: .seconds(8)))
        let store = try PostgresTests.freshStore(database)
        let before = try (1...5).map { try store.write("before \($0)", key: "b\($0)").note }
        let old = try #require(cluster.server(PostgresCluster.primary))
        // Frozen, not killed: its connections stand and never answer.
        old.freeze()
        defer { old.thaw() }
        let results = inParallel(4) { index -> WrittenNote? in
            if index == 0 { _ = try? cluster.query("SELECT pg_promote()", on: PostgresCluster.standby) }
            return try? store.write("after \(index)", key: "a\(index)")
        }
        #expect(results.count { $0 != nil } == 4)
        #expect(database.health(within: .seconds(1)).primary?.host == PostgresCluster.standby)
        let after = results.compactMap { $0?.note.id }
        let ids = try cluster.query("SELECT id FROM carenotes.notes", on: PostgresCluster.standby)
        #expect(Set(ids.split(separator: "\n").map(String.init)) == Set(before.map(\.id) + after))
    }
}
