/// What a circuit stands in front of: one value for each.
///
/// Mail is no dependency of carenotes: Alertmanager sends it. Nor does it ask anything else over HTTP for a request.
package struct Dependency: Sendable, Equatable {
    /// What `carenotes_circuit_state` and `/api/health/circuits` call it.
    package let name: String
    /// How long its circuit stays open at most, whatever the settings say for all of them.
    package let longestOpenTime: Duration

    /// The primary. A failover takes less than that; longer would only add to it.
    package static let database = Dependency(name: "database", longestOpenTime: .seconds(5))
    /// The standbys, which go on without a primary.
    package static let databaseReads = Dependency(name: "database-reads", longestOpenTime: .seconds(5))
    /// Short, as it is asked in passing.
    package static let redis = Dependency(name: "redis", longestOpenTime: .seconds(2))
}
