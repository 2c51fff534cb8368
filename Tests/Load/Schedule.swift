/// When which request is sent: an open loop, in which a slow reply never delays the requests after it.
struct Schedule: Equatable, Sendable {
    /// Requests each second.
    var rate: Double
    var seconds: Double
    /// Of a million requests, so many are writes: whole numbers, so that no rounding moves one.
    var writesPerMillion: Int

    var count: Int { max(Int((rate * seconds).rounded(.up)), 0) }

    /// When the request is due, in nanoseconds since the start.
    func offset(of slot: Int) -> Int64 { Int64(Double(slot) / rate * 1_000_000_000) }

    /// The writes among the slots before this one, which is the number of the write where this one is a write.
    func writes(before slot: Int) -> Int { slot * writesPerMillion / 1_000_000 }

    /// Writes are spread evenly between the reads.
    func isWrite(_ slot: Int) -> Bool { writes(before: slot + 1) > writes(before: slot) }
}
