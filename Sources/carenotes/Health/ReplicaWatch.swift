import Synchronization
import Transport

/// Knows of all replicas without asking any of them in a request: each leaves its heartbeat in Redis, and a thread looks for
/// the others' there; where Redis has none, it asks the replica itself.
final class ReplicaWatch: Sendable {
    struct Sight: Sendable, Equatable {
        /// The last that was heard of it.
        var heartbeat: Heartbeat
        /// An instant of `MonotonicClock`.
        var seenAt: UInt64
    }

    static let interval = Duration.seconds(2)
    /// How long a heartbeat counts: two may be missed.
    static let lifetime = Duration.seconds(6)
    private static let patience = Duration.milliseconds(500)

    private let own: @Sendable () -> Heartbeat
    private let others: [Int: String]
    private let cache: Cache
    private let sights = Mutex<[Int: Sight]>([:])

    /// `others` are the addresses of the other replicas' health, by their number.
    init(own: @escaping @Sendable () -> Heartbeat, others: [Int: String], cache: Cache) {
        self.own = own
        self.others = others
        self.cache = cache
    }

    var all: [Int: Sight] { sights.withLock { $0 } }

    /// Beats until it is told to end.
    func run(until stopping: StopSignal) {
        repeat { beat() } while stopping.sleep(Self.interval)
    }

    func beat() {
        let heartbeat = own()
        note(heartbeat, as: heartbeat.instance)
        let numbers = others.keys.sorted()
        let stored = exchange(heartbeat, numbers)
        for (number, other) in zip(numbers, stored) {
            if let other = other ?? asked(number) { note(other, as: number) }
        }
    }

    /// Leaves the own heartbeat in Redis, and gives those of the others, as far as they are there.
    private func exchange(_ own: Heartbeat, _ numbers: [Int]) -> [Heartbeat?] {
        let commands =
            [Cache.set(Self.name(own.instance), own.json, for: Self.lifetime)]
            + numbers.map { Cache.get(Self.name($0)) }
        guard let replies = cache.ask(commands, within: Self.patience) else { return numbers.map { _ in nil } }
        return replies.dropFirst().map { reply in
            guard case .bytes(let bytes) = reply else { return nil }
            return Heartbeat(json: bytes)
        }
    }

    private func note(_ heartbeat: Heartbeat, as number: Int) {
        guard heartbeat.instance == number else { return }
        let sight = Sight(heartbeat: heartbeat, seenAt: MonotonicClock.nanoseconds())
        sights.withLock { $0[number] = sight }
    }

    private func asked(_ number: Int) -> Heartbeat? {
        guard let url = others[number], let reply = try? HTTPClient.get(url, timeout: Self.patience),
            reply.isSuccess
        else { return nil }
        return Heartbeat(json: reply.body)
    }

    private static func name(_ number: Int) -> String { "heartbeat:\(number)" }
}

extension ReplicaWatch.Sight {
    var age: Double { MonotonicClock.seconds(since: seenAt) }

    /// Whether it was heard of lately: a replica that is stopped or gone is not.
    var isLive: Bool { MonotonicClock.nanoseconds() &- seenAt < ReplicaWatch.lifetime.wholeNanoseconds }
}
