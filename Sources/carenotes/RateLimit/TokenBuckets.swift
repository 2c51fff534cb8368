/// Counts each caller on this replica alone: a bucket that holds as many tokens as requests may be made in a window, and
/// fills at that pace.
struct TokenBuckets: Sendable {
    private struct Bucket: Sendable {
        var tokens: Double
        /// Nanoseconds of `MonotonicClock`.
        var filledAt: UInt64
    }

    private let policy: Settings.RateLimit
    private var buckets: RecentTable<Bucket>

    init(_ policy: Settings.RateLimit, capacity: Int) {
        self.policy = policy
        buckets = RecentTable(capacity: capacity)
    }

    /// Takes one token. `now` is in nanoseconds of `MonotonicClock`.
    mutating func take(_ caller: [UInt8], at now: UInt64) -> RateQuota {
        let most = Double(policy.requests)
        /// Tokens a nanosecond.
        let pace = most / max(1, policy.window / .nanoseconds(1))
        var bucket = buckets.value(of: caller) ?? Bucket(tokens: most, filledAt: now)
        if now > bucket.filledAt {
            bucket.tokens = min(most, bucket.tokens + Double(now - bucket.filledAt) * pace)
        }
        bucket.filledAt = max(now, bucket.filledAt)
        let isExceeded = bucket.tokens < 1
        if !isExceeded { bucket.tokens -= 1 }
        buckets.set(bucket, for: caller)
        let missing = isExceeded ? 1 - bucket.tokens : most - bucket.tokens
        return RateQuota(
            policy: policy, left: isExceeded ? -1 : Int(bucket.tokens),
            resetsIn: .nanoseconds(Int64(missing / pace)))
    }
}
