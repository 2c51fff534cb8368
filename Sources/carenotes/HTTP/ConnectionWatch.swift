import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Cuts off clients that are too slow, from a thread of its own.
final class ConnectionWatch: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: ConnectionProgress] = [:]
        var cut = 0
    }

    private let rules: ProgressRules
    private let stopping = StopSignal()
    private let state = Mutex(State())

    init(_ rules: ProgressRules) {
        self.rules = rules
        _ = BackgroundThread { [self] in while stopping.sleep(.milliseconds(250)) { look() } }
    }

    /// Connections that stand, and how many were cut off since the start.
    var statistics: (open: Int, cut: Int) { state.withLock { ($0.connections.count, $0.cut) } }

    func opened(_ connection: ConnectionProgress) {
        state.withLock { $0.connections[ObjectIdentifier(connection)] = connection }
    }

    /// Before its descriptor is closed, whose number then belongs to somebody else.
    func closes(_ connection: ConnectionProgress) {
        state.withLock { $0.connections[ObjectIdentifier(connection)] = nil }
    }

    func stop() { stopping.stop() }

    private func look() {
        let now = MonotonicClock.nanoseconds()
        state.withLock { state in
            let slow = state.connections.filter { $0.value.fails(rules, at: now) }
            for (id, connection) in slow {
                // The server library sees the end of the stream, and closes.
                shutdown(connection.descriptor, Int32(SHUT_RDWR))
                state.connections[id] = nil
            }
            state.cut += slow.count
        }
    }
}
