import Glibc
import Synchronization

/// Redis, for what may be lost. No request needs it to succeed: every call answers within its time limit, and says nil
/// or false where Redis is away.
package final class Cache: Sendable {
    private static let maximumIdle = 32
    /// Calls at the same time; who comes above that does without. More workers than that never wait for Redis.
    private static let maximumInUse = 64
    /// The only keys that its Redis user may touch.
    private static let prefix = Array("carenotes:".utf8)

    /// How long one call may take, from its first packet to its last, connecting included. A request makes at most one call
    /// to count itself and two about a list: 85 ms, so that with waking up in between all of it is 100 ms at most.
    package struct Limits: Sendable {
        package var counting = Duration.milliseconds(35)
        package var asking = Duration.milliseconds(25)

        package init() {}
    }

    package struct Statistics: Sendable, Equatable {
        package var hits = 0
        package var misses = 0
        package var failures = 0
        /// The last failure in words, without any secret.
        package var lastFailure: String?
    }

    private struct State {
        /// How to log in now, and how often that has changed.
        var login: Login
        var idle: [RedisConnection] = []
        var inUse = 0
        var statistics = Statistics()
        var isClosed = false
    }

    private struct Login {
        var settings: Settings.Redis
        var number = 0
    }

    /// That of Redis.
    package let circuits: [CircuitBreaker]
    let limits: Limits
    private let circuit: CircuitBreaker
    private let state: Mutex<State>

    /// The circuit opens after `threshold` failures in a row, for `openTime` or what `Dependency` says.
    package init(_ settings: Settings.Redis, threshold: Int, openTime: Duration, limits: Limits = Limits()) {
        state = Mutex(State(login: Login(settings: settings)))
        self.limits = limits
        circuit = CircuitBreaker(.redis, threshold: threshold, openTime: openTime)
        circuits = [circuit]
        // hiredis writes to sockets whose other end may be gone, and does not ask for an error instead of the signal.
        signal(SIGPIPE, SIG_IGN)
    }

    package var statistics: Statistics { state.withLock { $0.statistics } }

    /// Whether Redis takes a login and answers within the limit. For the health thread: it asks while the circuit is open,
    /// too, which only hears of requests.
    package func ping(within limit: Duration) -> Bool {
        let replies = try? converse([[Array("PING".utf8)]], by: Deadline(in: limit))
        return replies == [.bytes(Array("PONG".utf8))]
    }

    /// Counts a hit or a miss of what was looked up.
    func looked(isHit: Bool) {
        state.withLock { state in
            if isHit { state.statistics.hits += 1 } else { state.statistics.misses += 1 }
        }
    }

    /// The reply of each command, nil where Redis is away, took too long or refused one; the circuit and the statistics hear
    /// of that. Keys are of `key`.
    func ask(_ commands: [RedisCommand], within limit: Duration) -> [RedisConnection.Reply]? {
        let deadline = Deadline(in: limit)
        guard reserve() else { return nil }
        defer { state.withLock { $0.inUse -= 1 } }
        guard let permit = circuit.admit(at: .now) else { return nil }
        do throws(RedisError) {
            let replies = try converse(commands, by: deadline)
            circuit.succeeded(permit)
            return replies
        } catch {
            circuit.failed(permit, at: .now)
            return nil
        }
    }

    /// Why another login must not be taken yet; nil where Redis takes it.
    func refusal(of settings: Settings.Redis, within limit: Duration) -> String? {
        do throws(RedisError) {
            let deadline = Deadline(in: limit)
            _ = try RedisConnection(settings, by: deadline).converse([[Array("PING".utf8)]], by: deadline)
            return nil
        } catch {
            return error.reason
        }
    }

    /// Logs in otherwise from now on; connections that stand end when they come back.
    func renew(_ settings: Settings.Redis) {
        let idle = state.withLock { state in
            state.login = Login(settings: settings, number: state.login.number + 1)
            defer { state.idle = [] }
            return state.idle
        }
        withExtendedLifetime(idle) {}
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
    static func key(_ name: String) -> [UInt8] { prefix + Array(name.utf8) }

    static func get(_ name: String) -> RedisCommand { [Array("GET".utf8), key(name)] }

    /// For so long, 1 ms or more.
    static func set(_ name: String, _ value: [UInt8], for time: Duration) -> RedisCommand {
        [Array("SET".utf8), key(name), value, Array("PX".utf8), milliseconds(time)]
    }

    static func increment(_ name: String) -> RedisCommand { [Array("INCR".utf8), key(name)] }

    static func expire(_ name: String, in time: Duration) -> RedisCommand {
        [Array("PEXPIRE".utf8), key(name), milliseconds(time)]
    }

    private static func milliseconds(_ time: Duration) -> [UInt8] {
        Array(String(max(1, Int(time / .milliseconds(1)))).utf8)
    }

    private func reserve() -> Bool {
        state.withLock { state in
            guard !state.isClosed, state.inUse < Self.maximumInUse else { return false }
            state.inUse += 1
            return true
        }
    }

    /// A connection that was idle may have died since; a new one decides. None is given back that threw.
    private func converse(
        _ commands: [RedisCommand], by deadline: Deadline
    ) throws(RedisError) -> [RedisConnection.Reply] {
        do throws(RedisError) {
            let (idle, login) = state.withLock { ($0.idle.popLast(), $0.login) }
            if let idle, let replies = try? idle.converse(commands, by: deadline) {
                giveBack(idle, login.number)
                return replies
            }
            let connection = try RedisConnection(login.settings, by: deadline)
            let replies = try connection.converse(commands, by: deadline)
            giveBack(connection, login.number)
            return replies
        } catch {
            let dead = state.withLock { state in
                state.statistics.failures += 1
                state.statistics.lastFailure = error.reason
                // The others are likely as dead as this one.
                defer { state.idle = [] }
                return state.idle
            }
            withExtendedLifetime(dead) {}
            throw error
        }
    }

    /// Of the login with that number.
    private func giveBack(_ connection: RedisConnection, _ number: Int) {
        guard connection.isReusable else { return }
        state.withLock { state in
            guard !state.isClosed, number == state.login.number, state.idle.count < Self.maximumIdle else {
                return
            }
            state.idle.append(connection)
        }
    }
}
