import Testing

@testable import carenotes

extension PostgresTests {
    struct CircuitTests {
        let cluster: PostgresCluster

        init() throws { cluster = try WithPostgres.cluster }

        /// Opens at the first failure.
        private func database(_ limits: DatabaseAccess.Limits = .init()) -> Database {
            Database(
                cluster.settings(hosts: [PostgresCluster.primary]), instance: 1, threshold: 1,
                openTime: .seconds(60),
                limits: limits)
        }

        @Test(arguments: [
            ("INSERT INTO carenotes.organisations (id) VALUES ('x')", "22P02"),
            ("SET LOCAL statement_timeout = 1; SELECT pg_sleep(10)", "57014"),
            (
                "SELECT set_config('carenotes.organisation', '\(organisation)', true);"
                    + "INSERT INTO carenotes.organisations (id) VALUES ('\(organisation)'), ('\(organisation)')",
                "23505"
            ),
        ])
        func `what the caller did, a broken constraint and a cancellation leave the circuit closed`(
            sql: String, state: String
        ) throws {
            let database = database()
            try database.migrate()
            for _ in 0..<3 {
                #expect(throws: RecordsError.internalFailure) {
                    try database.writes.perform { connection, deadline throws(PostgresError) in
                        try connection.transaction(by: deadline) { () throws(PostgresError) in
                            _ = try connection.run(sql, by: deadline)
                        }
                    }
                }
            }
            #expect(database.statistics.lastFailure?.hasPrefix(state) == true, "\(database.statistics)")
            #expect(database.circuits.map { $0.state(at: .now) } == [.closed, .closed])
            #expect(database.circuits.map(\.failuresInARow) == [0, 0])
        }

        @Test func `an operation counts once, after its retries, and an open circuit costs nobody a wait`() throws
        {
            let database = database(.init(call: .milliseconds(200), budget: .seconds(2)))
            try database.migrate()
            let server = try #require(cluster.server(PostgresCluster.primary))
            server.freeze()
            defer { server.thaw() }
            #expect(throws: RecordsError.unavailable(retryAfterSeconds: 5)) {
                try database.writes.perform { connection, deadline throws(PostgresError) in
                    _ = try connection.run("SELECT 1", by: deadline)
                }
            }
            #expect(database.statistics.retries > 0)
            #expect(database.circuits.map(\.failuresInARow) == [1, 0])
            #expect(database.circuits.map { $0.state(at: .now) } == [.open, .closed])
            let retries = database.statistics.retries
            #expect(throws: RecordsError.unavailable(retryAfterSeconds: 5)) {
                try database.writes.perform { _, _ throws(PostgresError) in }
            }
            #expect(database.statistics.retries == retries && database.statistics.failures == 1)
        }
    }
}
