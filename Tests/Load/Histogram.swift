/// How long things took, in microseconds: exact below 64, then in steps of at most 1/32 of the value.
struct Histogram: Equatable, Sendable {
    private static let exact = 64
    private static let steps = 32

    private var counts: [Int] = []
    private(set) var count = 0
    private(set) var maximum: Int64 = 0

    mutating func record(_ microseconds: Int64) {
        let value = max(microseconds, 0)
        let bucket = Self.bucket(of: value)
        if bucket >= counts.count { counts += Array(repeating: 0, count: bucket + 1 - counts.count) }
        counts[bucket] += 1
        count += 1
        maximum = max(maximum, value)
    }

    mutating func merge(_ other: Histogram) {
        if other.counts.count > counts.count {
            counts += Array(repeating: 0, count: other.counts.count - counts.count)
        }
        for (bucket, number) in other.counts.enumerated() { counts[bucket] += number }
        count += other.count
        maximum = max(maximum, other.maximum)
    }

    /// The value that this share of all values (0 to 1) does not exceed, rounded up to its step; nil of nothing.
    func percentile(_ share: Double) -> Int64? {
        guard count > 0 else { return nil }
        let wanted = max(1, Int((share * Double(count)).rounded(.up)))
        var seen = 0
        for (bucket, number) in counts.enumerated() {
            seen += number
            if seen >= wanted { return min(Self.upperBound(of: bucket), maximum) }
        }
        return maximum
    }

    private static func bucket(of value: Int64) -> Int {
        guard value >= exact else { return Int(value) }
        // The highest 6 bits say which bucket; the shift says which power of two.
        let shift = 58 - value.leadingZeroBitCount
        return exact + (shift - 1) * steps + Int(value >> shift) - steps
    }

    private static func upperBound(of bucket: Int) -> Int64 {
        guard bucket >= exact else { return Int64(bucket) }
        let shift = (bucket - exact) / steps + 1
        let top = Int64((bucket - exact) % steps + steps)
        return ((top + 1) << shift) - 1
    }
}
