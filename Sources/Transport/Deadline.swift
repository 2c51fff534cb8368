/// The moment until which something may take. Read from the monotonic clock, which this library needs for nothing
/// else: it never learns the time of day.
package struct Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    package static func after(_ duration: Duration) -> Deadline { Deadline(instant: .now + duration) }

    package var hasPassed: Bool { ContinuousClock.now >= instant }

    /// What is left, for poll(2): rounded up, so that a wait never ends just before the deadline; 0 when it has passed.
    var milliseconds: Int32 {
        let left = (instant - ContinuousClock.now).components
        guard left.seconds >= 0, left.attoseconds >= 0 else { return 0 }
        let milliseconds = left.seconds.multipliedReportingOverflow(by: 1000)
        let sum = milliseconds.partialValue &+ (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return milliseconds.overflow ? Int32.max : Int32(clamping: sum)
    }
}
