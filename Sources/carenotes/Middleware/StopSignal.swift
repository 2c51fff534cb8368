/// Tells background threads to end, also while they sleep.
final class StopSignal: @unchecked Sendable {
    // Unchecked: the flag is touched with the lock held.
    private let condition = Condition()
    private var isSet = false

    var isStopped: Bool { condition.withLock { isSet } }

    func stop() {
        condition.withLock {
            isSet = true
            condition.broadcast()
        }
    }

    /// Returns whether the whole time passed before it was told to stop.
    func sleep(_ duration: Duration) -> Bool {
        let deadline = MonotonicClock.nanoseconds() + duration.wholeNanoseconds
        return condition.withLock {
            while !isSet, condition.wait(until: deadline) {}
            return !isSet
        }
    }
}

extension Duration {
    /// Zero for what is negative.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return seconds < 0 ? 0 : UInt64(seconds) * 1_000_000_000 + UInt64(max(0, attoseconds) / 1_000_000_000)
    }
}
