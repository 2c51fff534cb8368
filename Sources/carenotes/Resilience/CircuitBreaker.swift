import Synchronization

/// Leaves a dependency alone for a while after it failed several times in a row.
///
/// One failure is one logical operation after its own retries; what the caller did wrong, constraint violations and
/// cancellation are no failures. `now` is an instant of whatever clock the caller keeps, so that tests bring their own.
package final class CircuitBreaker: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package enum State: Int, Sendable, CaseIterable {
        case closed = 0
        /// One operation at a time is let through, to see whether the dependency is back.
        case halfOpen = 1
        case open = 2
    }

    /// Leave for one operation, which tells with it how it went. What an operation tells that was let through before the
    /// circuit changed is old news, and changes nothing.
    package struct Permit: Sendable, Equatable {
        fileprivate let number: Int
    }

    package let name: String
    /// Failures in a row that open it.
    package let threshold: Int
    /// How long it stays open before one operation may try again.
    package let openTime: Duration
    /// Probes in a row that must go well before it closes: one may have been luck.
    package static let successesToClose = 2
    private let memory = Mutex(Memory())

    private enum Phase {
        case closed(failures: Int)
        case open(since: Instant)
        /// `probeSince` is when the probe was let through that is on its way.
        case probing(successes: Int, probeSince: Instant?)
    }

    private struct Memory {
        var phase = Phase.closed(failures: 0)
        /// Since the last success.
        var failures = 0
        /// Of the permits that count: another with each change of phase, and with each probe.
        var number = 0

        mutating func enter(_ phase: Phase) {
            self.phase = phase
            number += 1
        }
    }

    /// It stays open for `openTime`, or as long as the dependency is left alone at most.
    package init(_ dependency: Dependency, threshold: Int, openTime: Duration) {
        name = dependency.name
        self.threshold = threshold
        self.openTime = min(openTime, dependency.longestOpenTime)
    }

    /// Nil where no operation may start now. Whoever is let through says how it went by `succeeded`, `failed` or
    /// `abandoned`; a probe that says nothing for another open time is taken for lost.
    package func admit(at now: Instant) -> Permit? {
        memory.withLock { memory in
            switch memory.phase {
            case .closed: break
            case .open(let since):
                guard now - since >= openTime else { return nil }
                memory.enter(.probing(successes: 0, probeSince: now))
            case .probing(let successes, let probeSince):
                if let probeSince, now - probeSince < openTime { return nil }
                memory.enter(.probing(successes: successes, probeSince: now))
            }
            return Permit(number: memory.number)
        }
    }

    package func succeeded(_ permit: Permit) {
        report(permit) { memory in
            memory.failures = 0
            switch memory.phase {
            case .closed: memory.phase = .closed(failures: 0)
            case .open: break
            case .probing(let successes, _):
                let isBack = successes + 1 >= Self.successesToClose
                memory.enter(isBack ? .closed(failures: 0) : .probing(successes: successes + 1, probeSince: nil))
            }
        }
    }

    package func failed(_ permit: Permit, at now: Instant) {
        report(permit) { memory in
            memory.failures += 1
            switch memory.phase {
            case .closed(let failures) where failures + 1 < threshold:
                memory.phase = .closed(failures: failures + 1)
            case .open: break
            case .closed, .probing: memory.enter(.open(since: now))
            }
        }
    }

    /// It ended in a way that says nothing about the dependency.
    package func abandoned(_ permit: Permit) {
        report(permit) { memory in
            guard case .probing(let successes, _) = memory.phase else { return }
            memory.enter(.probing(successes: successes, probeSince: nil))
        }
    }

    private func report(_ permit: Permit, _ body: (inout Memory) -> Void) {
        memory.withLock { memory in
            if permit.number == memory.number { body(&memory) }
        }
    }

    package func state(at now: Instant) -> State {
        memory.withLock { memory in
            switch memory.phase {
            case .closed: .closed
            case .open(let since): now - since >= openTime ? .halfOpen : .open
            case .probing: .halfOpen
            }
        }
    }

    /// Failures since the last success.
    package var failuresInARow: Int { memory.withLock { $0.failures } }
}
