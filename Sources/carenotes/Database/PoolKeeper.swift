/// Looks after the pools from a thread of its own, once a second, until they are closed.
final class PoolKeeper: Sendable {
    private struct State {
        var pools: [ConnectionPool] = []
        var isClosed = false
    }

    private let monitor = Monitor(State())

    func keep(_ pools: [ConnectionPool]) {
        monitor.update { $0.pools = pools }
        for pool in pools {
            // A thread for each: the one whose servers are away must not hold up the other.
            _ = BackgroundThread { [monitor] in
                while monitor.wait(until: Deadline(in: .seconds(1)), for: { $0.isClosed ? true : nil }) == nil {
                    pool.tend()
                }
            }
        }
    }

    /// Ends every session on a server, in all pools.
    func drop(host: String) { pools.forEach { $0.drop(host: host) } }

    func close() {
        monitor.update { $0.isClosed = true }
        pools.forEach { $0.close() }
    }

    private var pools: [ConnectionPool] { monitor.withLock { $0.pools } }
}
