import Testing

/// One cluster for a whole suite, started before its first test and gone after its last.
struct WithPostgres: SuiteTrait, TestScoping {
    @TaskLocal static var current: PostgresCluster?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let cluster = try PostgresCluster()
        defer { cluster.end() }
        try await Self.$current.withValue(cluster) { try await function() }
    }

    static var cluster: PostgresCluster {
        get throws {
            guard let current else { throw ServerFailure(what: "the suite has no PostgreSQL") }
            return current
        }
    }
}

extension Trait where Self == WithPostgres {
    static var postgres: Self { Self() }
}
