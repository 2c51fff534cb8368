/// The instant by which a call must have ended.
package struct Deadline: Sendable, Comparable {
    package let instant: ContinuousClock.Instant

    package init(at instant: ContinuousClock.Instant) { self.instant = instant }

    package init(in duration: Duration) { instant = .now + duration }

    /// The time left, zero once it has passed.
    package var remaining: Duration { max(.zero, ContinuousClock.now.duration(to: instant)) }

    package var hasPassed: Bool { ContinuousClock.now >= instant }

    /// The time left for poll(2), rounded up so that it never ends just before the deadline and spins.
    package var pollTimeout: Int32 {
        let left = remaining.components
        let milliseconds = left.seconds * 1000 + (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: milliseconds)
    }

    package static func < (left: Deadline, right: Deadline) -> Bool { left.instant < right.instant }
}
