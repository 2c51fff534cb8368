import Glibc
import Synchronization

/// Redis, for what may be lost. No request needs it to succeed: every call answers within its time limit, and says nil
/// or false where Redis is away.
package final class Cache: Sendable {
    /// Short, as it is asked in passing.
    private static let longestOpenTime = Duration.seconds(2)
    private static let maximumIdle = 8
    /// The only keys that its Redis user may touch.
    private static let prefix = Array("carenotes:".utf8)

    package struct Statistics: Sendable, Equatable {
        package var hits = 0
        package var misses = 0
        package var failures = 0
        /// The last failure in words, without any secret.
        package var lastFailure: String?
    }

    private struct State {
        var idle: [RedisConnection] = []
        var statistics = Statistics()
        var isClosed = false
    }

    /// "redis".
    package let circuits: [CircuitBreaker]
    private let settings: Settings.Redis
    private let circuit: CircuitBreaker
    private let state = Mutex(State())

    /// The circuit opens after `threshold` failures in a row, for `openTime` but 2 s at most.
    package init(_ settings: Settings.Redis, threshold: Int, openTime: Duration) {
        self.settings = settings
        circuit = CircuitBreaker(
            name: "redis", threshold: threshold, openTime: min(openTime, Self.longestOpenTime))
        circuits = [circuit]
        // hiredis writes to sockets whose other end may be gone, and does not ask for an error instead of the signal.
        signal(SIGPIPE, SIG_IGN)
    }

    package var statistics: Statistics { state.withLock { $0.statistics } }

    /// Whether Redis takes a login and answers, within the limit and those of connecting and asking. For the health
    /// thread: it asks while the circuit is open, too, and closes it.
    package func ping(within limit: Duration) -> Bool {
        let start = ContinuousClock.now
        let reply = ask(["PING"])
        return reply == .bytes(Array("PONG".utf8)) && start.duration(to: .now) <= limit
    }

    /// What was stored under the key, nil where nothing is, or Redis is away.
    package func value(of key: String) -> [UInt8]? {
        guard circuit.allows(at: .now), let reply = ask([Array("GET".utf8), name(key)]) else { return nil }
        let value: [UInt8]? = if case .bytes(let bytes) = reply { bytes } else { nil }
        state.withLock { state in
            if value == nil { state.statistics.misses += 1 } else { state.statistics.hits += 1 }
        }
        return value
    }

    /// Stores the value for that time (1 ms or more); false where Redis is away.
    @discardableResult
    package func store(_ value: [UInt8], as key: String, for time: Duration) -> Bool {
        guard circuit.allows(at: .now) else { return false }
        let milliseconds = max(1, Int(time / .milliseconds(1)))
        let words = [Array("SET".utf8), name(key), value, Array("PX".utf8), Array(String(milliseconds).utf8)]
        return ask(words) != nil
    }

    package func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        withExtendedLifetime(idle) {}
    }
}

extension Cache {
    private func name(_ key: String) -> [UInt8] { Self.prefix + Array(key.utf8) }

    private func ask(_ words: [String]) -> RedisConnection.Reply? { ask(words.map { Array($0.utf8) }) }

    /// The reply, or nil where there is none; the circuit and the statistics hear of it.
    private func ask(_ words: [[UInt8]]) -> RedisConnection.Reply? {
        do throws(RedisError) {
            let reply = try exchange(words)
            circuit.succeeded()
            return reply
        } catch {
            circuit.failed(at: .now)
            state.withLock { state in
                // The others are likely as dead as this one.
                state.idle = []
                state.statistics.failures += 1
                state.statistics.lastFailure = error.reason
            }
            return nil
        }
    }

    /// A connection that was idle may have died since; a new one decides. None is given back where its command throws.
    private func exchange(_ words: [[UInt8]]) throws(RedisError) -> RedisConnection.Reply {
        if let idle = takeIdle(), let reply = try? idle.command(words) {
            giveBack(idle)
            return reply
        }
        let connection = try RedisConnection(settings)
        let reply = try connection.command(words)
        giveBack(connection)
        return reply
    }

    private func takeIdle() -> RedisConnection? { state.withLock { $0.idle.popLast() } }

    private func giveBack(_ connection: RedisConnection) {
        guard connection.isReusable else { return }
        state.withLock { state in
            guard !state.isClosed, state.idle.count < Self.maximumIdle else { return }
            state.idle.append(connection)
        }
    }
}
