import Secrets
import Synchronization

/// Counts requests of each caller: all replicas together in Redis, each by itself while Redis is away.
///
/// A count in Redis that came too late for its own request counts for those after it.
final class RateLimiter: Sendable {
    /// Callers of whom it remembers something itself; more than a replica sees within a window.
    private static let memory = 10_000

    private struct State {
        var key: SecretBytes
        var buckets: TokenBuckets
        /// When the window ends, in nanoseconds of `MonotonicClock`, of callers who used theirs up: their further requests
        /// need neither Redis nor a worker.
        var refusals: RecentTable<UInt64>
        var local = 0
    }

    let policy: Settings.RateLimit
    private let cache: Cache
    private let state: Mutex<State>

    /// Neither a user's id nor an address can be read from Redis: `encryptionKey` makes what stands there.
    init(_ policy: Settings.RateLimit, cache: Cache, encryptionKey: SecretBytes) {
        self.policy = policy
        self.cache = cache
        state = Mutex(
            State(
                key: Self.key(encryptionKey), buckets: TokenBuckets(policy, capacity: Self.memory),
                refusals: RecentTable(capacity: Self.memory))
        )
    }

    private static func key(_ encryptionKey: SecretBytes) -> SecretBytes {
        SecretBytes(Digest.hmacSHA256(key: encryptionKey, Array("carenotes rate limit".utf8)))
    }

    /// Counts under another key from now on: every window begins anew.
    func use(_ encryptionKey: SecretBytes) { state.withLock { $0.key = Self.key(encryptionKey) } }

    /// Requests that were counted without Redis.
    var countedAlone: Int { state.withLock { $0.local } }

    /// What a caller is counted under: the user whom a token names, or the client's address.
    func caller(_ request: Request) -> [UInt8] {
        let name =
            request.identity.map { "user\n\($0.organisationID)\n\($0.subjectID)" }
            ?? "address\n\(ClientAddress.source(request.headers))"
        let key = state.withLock { $0.key }
        return Array(Digest.hmacSHA256(key: key, Array(name.utf8)).prefix(16))
    }

    /// The quota of a caller who has used it up, as far as this replica knows. Does not wait.
    func refusal(of caller: [UInt8], at now: UInt64 = MonotonicClock.nanoseconds()) -> RateQuota? {
        state.withLock { state in
            guard let end = state.refusals.value(of: caller) else { return nil }
            guard end > now else {
                state.refusals.remove(caller)
                return nil
            }
            return RateQuota(policy: policy, left: -1, resetsIn: .nanoseconds(Int64(end - now)))
        }
    }

    /// Counts one request. Waits for Redis no longer than its limit.
    func count(_ caller: [UInt8]) -> RateQuota {
        guard let quota = countTogether(caller) else {
            return state.withLock { state in
                state.local += 1
                return state.buckets.take(caller, at: MonotonicClock.nanoseconds())
            }
        }
        if quota.isExceeded {
            let end = MonotonicClock.nanoseconds() + Duration.seconds(quota.seconds).wholeNanoseconds
            state.withLock { $0.refusals.set(end, for: caller) }
        }
        return quota
    }

    /// Nil where Redis is away.
    private func countTogether(_ caller: [UInt8]) -> RateQuota? {
        let offset = caller.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let window = RateWindow(policy.window, offset: offset, now: WallClock.milliseconds())
        let name = "rate:\(Hex.encode(caller)):\(window.number)"
        let commands = [Cache.increment(name), Cache.expire(name, in: policy.window)]
        guard case .integer(let count)? = cache.ask(commands, within: cache.limits.counting)?.first else {
            return nil
        }
        return RateQuota(policy: policy, left: policy.requests - count, resetsIn: window.left)
    }
}
