import Synchronization

/// Leaves a dependency alone for a while after it failed several times in a row.
///
/// One failure is one logical operation after its own retries; what the caller did wrong, constraint violations and
/// cancellation are no failures. `now` is an instant of whatever clock the caller keeps, so that tests bring their own.
package final class CircuitBreaker: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package enum State: Int, Sendable, CaseIterable {
        case closed = 0
        /// One operation is let through, to see whether the dependency is back.
        case halfOpen = 1
        case open = 2
    }

    /// What `carenotes_circuit_state` and `/api/health/circuits` call it.
    package let name: String
    /// Failures in a row that open it.
    package let threshold: Int
    /// How long it stays open before one operation may try again.
    package let openTime: Duration
    private let memory = Mutex(Memory())

    private struct Memory {
        var failures = 0
        var openedAt: Instant?
        var probeSince: Instant?
    }

    package init(name: String, threshold: Int, openTime: Duration) {
        self.name = name
        self.threshold = threshold
        self.openTime = openTime
    }

    /// Whether an operation may start now. Whoever was let through says how it went by `succeeded`, `failed` or
    /// `abandoned`; a probe that says nothing for another open time is taken for lost.
    package func allows(at now: Instant) -> Bool {
        memory.withLock { memory in
            guard let openedAt = memory.openedAt else { return true }
            guard now - openedAt >= openTime else { return false }
            if let since = memory.probeSince, now - since < openTime { return false }
            memory.probeSince = now
            return true
        }
    }

    package func succeeded() {
        memory.withLock { $0 = Memory() }
    }

    package func failed(at now: Instant) {
        memory.withLock { memory in
            memory.failures += 1
            let wasProbe = memory.probeSince != nil
            memory.probeSince = nil
            if wasProbe || memory.failures >= threshold { memory.openedAt = now }
        }
    }

    /// It ended in a way that says nothing about the dependency.
    package func abandoned() {
        memory.withLock { $0.probeSince = nil }
    }

    package func state(at now: Instant) -> State {
        memory.withLock { memory in
            guard let openedAt = memory.openedAt else { return .closed }
            return now - openedAt >= openTime ? .halfOpen : .open
        }
    }

    /// Failures since the last success.
    package var failuresInARow: Int { memory.withLock { $0.failures } }
}
