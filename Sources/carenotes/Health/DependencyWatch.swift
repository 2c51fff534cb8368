import Synchronization

/// Looks at the database and Redis every few seconds, on a thread of its own, so that no request waits for it.
final class DependencyWatch: Sendable {
    struct Snapshot: Sendable {
        var database: DatabaseHealth
        var redis: Bool
        var machine: MachineFacts
        /// `WallClock.text`.
        var time: String
    }

    private let database: Database
    private let cache: Cache
    private let state: HealthState
    private let timeout: Duration
    private let latest = Mutex<Snapshot?>(nil)

    init(database: Database, cache: Cache, state: HealthState, timeout: Duration) {
        (self.database, self.cache, self.state, self.timeout) = (database, cache, state, timeout)
    }

    /// What was seen last; nil before the first look.
    var snapshot: Snapshot? { latest.withLock { $0 } }

    /// Looks until it is told to end.
    func run(every interval: Duration, until stopping: StopSignal) {
        repeat { look() } while stopping.sleep(interval)
    }

    private func look() {
        let health = database.health(within: timeout)
        let redis = cache.ping(within: timeout)
        let machine = MachineFacts.read()
        latest.withLock { $0 = Snapshot(database: health, redis: redis, machine: machine, time: WallClock.text()) }
        state.degraded(health.primary == nil || !redis)
    }
}
