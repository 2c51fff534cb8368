/// What one connection, or all of them together, have seen.
struct Tally: Equatable, Sendable {
    var sent = 0
    var reads = 0
    /// When each write was acknowledged, in nanoseconds since the start.
    var acknowledgements: [Int64] = []
    var retries = 0
    /// By kind, such as `status 502` or `timed out: receive`.
    var failures: [String: Int] = [:]
    /// From when each write that failed was due to when it had failed, in nanoseconds since the start.
    var failedWrites: [ClosedRange<Int64>] = []
    var readLatency = Histogram()
    var writeLatency = Histogram()
    var instances: [String: Int] = [:]

    mutating func merge(_ other: Tally) {
        sent += other.sent
        reads += other.reads
        acknowledgements += other.acknowledgements
        retries += other.retries
        failures.merge(other.failures, uniquingKeysWith: +)
        failedWrites += other.failedWrites
        readLatency.merge(other.readLatency)
        writeLatency.merge(other.writeLatency)
        instances.merge(other.instances, uniquingKeysWith: +)
    }

    /// The longest time without an acknowledged write, from the start to the end of the run, in nanoseconds, and when it
    /// began.
    func longestGap(until end: Int64) -> (start: Int64, length: Int64) {
        var longest: (start: Int64, length: Int64) = (0, 0)
        var last: Int64 = 0
        for instant in acknowledgements.sorted() + [end] {
            if instant - last > longest.length { longest = (last, instant - last) }
            last = max(last, instant)
        }
        return longest
    }
}
