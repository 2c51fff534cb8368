import Glibc
import Synchronization

/// Runs whole transactions of one kind, reads or writes: tries again what a failover ends, within a budget, and leaves
/// the database alone while its circuit is open.
final class DatabaseAccess: Sendable {
    struct Limits: Sendable {
        /// For one attempt: a server that is frozen acknowledges packets and never answers.
        var call = Duration.seconds(5)
        /// For all attempts of an operation. nginx waits two seconds longer.
        var budget = Duration.seconds(10)
    }

    let pool: ConnectionPool
    let circuit: CircuitBreaker
    private let limits: Limits
    private let tally: Mutex<Tally>

    struct Tally: Sendable {
        var retries = 0
        var failures = 0
        var lastFailure: String?
    }

    init(pool: ConnectionPool, circuit: CircuitBreaker, limits: Limits) {
        self.pool = pool
        self.limits = limits
        self.circuit = circuit
        tally = Mutex(Tally())
    }

    var counts: Tally { tally.withLock { $0 } }

    /// Runs `transaction`, which may be run again from its start, so that it must change nothing but the database, and
    /// find out by itself what an earlier run whose outcome is unknown has left there.
    func perform<Value>(
        within limits: Limits? = nil,
        _ transaction: (PostgresConnection, Deadline) throws(PostgresError) -> Value
    ) throws(RecordsError) -> Value {
        guard let permit = circuit.admit(at: .now) else { throw unavailable }
        do throws(PostgresError) {
            let value = try retrying(within: limits ?? self.limits, transaction)
            circuit.succeeded(permit)
            return value
        } catch {
            throw account(for: error, permit)
        }
    }

    private func retrying<Value>(
        within limits: Limits, _ transaction: (PostgresConnection, Deadline) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        let end = Deadline(in: limits.budget).withinRequest
        var attempt = 0
        while true {
            do throws(PostgresError) {
                return try pool.withConnection(by: end) { connection throws(PostgresError) in
                    try transaction(connection, min(end, Deadline(in: limits.call)))
                }
            } catch {
                let pause = Self.pause(after: attempt)
                guard error.isRetryable, end.remaining > pause else { throw error }
                attempt += 1
                tally.withLock { $0.retries += 1 }
                usleep(UInt32(pause / .microseconds(1)))
            }
        }
    }

    /// 50–500 ms, at random so that the workers do not all come back at once; short at first, for a session that was
    /// lost while its server stands.
    private static func pause(after attempt: Int) -> Duration {
        .milliseconds(Int.random(in: 50...min(500, 100 << min(attempt, 3))))
    }

    /// One failure for the circuit, after all attempts. What says nothing about the server does not count.
    private func account(for error: PostgresError, _ permit: CircuitBreaker.Permit) -> RecordsError {
        tally.withLock { tally in
            tally.failures += 1
            tally.lastFailure = error.summary
        }
        switch error.verdict {
        case .isAway: circuit.failed(permit, at: .now)
        case .stands: circuit.succeeded(permit)
        case .none: circuit.abandoned(permit)
        }
        if error.isBadTime { return .invalidCursor }
        return error.isUnavailability ? unavailable : .internalFailure
    }

    private var unavailable: RecordsError {
        .unavailable(retryAfterSeconds: max(1, Int(circuit.openTime.components.seconds)))
    }
}
