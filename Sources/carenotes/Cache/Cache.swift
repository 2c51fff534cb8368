/// Redis, for what may be lost. No request needs it to succeed: every call answers within its time limit, and says nil
/// or false where Redis is away.
package final class Cache: Sendable {
    private static let longestOpenTime = Duration.seconds(2)

    package struct Statistics: Sendable, Equatable {
        package var hits = 0
        package var misses = 0
        package var failures = 0
        /// The last failure in words, without any secret.
        package var lastFailure: String?
    }

    /// "redis".
    package let circuits: [CircuitBreaker]

    /// The circuit opens after `threshold` failures in a row, for `openTime` but 2 s at most.
    package init(_ settings: Settings.Redis, threshold: Int, openTime: Duration) {
        circuits = [
            CircuitBreaker(name: "redis", threshold: threshold, openTime: min(openTime, Self.longestOpenTime))
        ]
    }

    package var statistics: Statistics { Statistics() }

    /// Whether Redis takes the login and answers. For the health thread.
    package func ping(within limit: Duration) -> Bool { false }

    package func close() {}
}
