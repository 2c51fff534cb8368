/// Why a call to PostgreSQL gave no result.
enum PostgresError: Error, Sendable, Equatable {
    /// No server let us in, or none with the role that was asked for.
    case notConnected(String)
    /// The connection broke.
    case lost(String)
    /// No answer in time. The server may still carry the call out.
    case deadlineExceeded
    /// The commit's wait for the standby was broken off: it stands on the primary, and a failover may lose it.
    case outcomeUnknown
    /// All connections stayed in use for as long as the caller could wait.
    case poolExhausted
    case poolClosed
    /// The server refused, with its SQLSTATE and message.
    case server(state: String, message: String)
    /// The server answered something else than the statement's columns and rows.
    case unexpectedResult(String)
}

extension PostgresError {
    /// Whether the whole transaction may be tried again, on a new connection where this one broke.
    var isRetryable: Bool {
        switch self {
        case .notConnected, .lost, .deadlineExceeded, .outcomeUnknown: true
        case .poolExhausted, .poolClosed, .unexpectedResult: false
        case .server(let state, _): Self.saysServerLeaves(state) || Self.saysTryAgain(state)
        }
    }

    /// Whether it tells of the server's state and not of the statement.
    var isUnavailability: Bool {
        switch self {
        case .poolExhausted, .poolClosed: true
        default: isRetryable
        }
    }

    /// Whether other sessions on the same server have met, or will meet, the same end.
    var condemnsServer: Bool {
        switch self {
        case .lost, .deadlineExceeded: true
        case .server(let state, _): Self.saysServerLeaves(state)
        default: false
        }
    }

    /// What the end of an operation tells the circuit.
    enum Verdict: Sendable, Equatable {
        case isAway
        /// It answered: it refused what was asked, such as a row that breaks a constraint, and would refuse it again.
        case stands
        /// Nothing: no connection came free here, or the statement was cancelled (57014).
        case none
    }

    var verdict: Verdict {
        switch self {
        case .notConnected, .lost, .deadlineExceeded, .outcomeUnknown: .isAway
        case .poolExhausted, .poolClosed, .server(state: "57014", _): .none
        case .server: condemnsServer ? .isAway : .stands
        case .unexpectedResult: .stands
        }
    }

    /// Whether a parameter looked like a time and is none, such as 30 February: only a made-up cursor has one.
    var isBadTime: Bool {
        if case .server(let state, _) = self { ["22007", "22008"].contains(state) } else { false }
    }

    /// What the log and the statistics may say: codes and PostgreSQL's own words, no value of any row.
    var summary: String {
        switch self {
        case .notConnected(let reason): "no connection: \(reason)"
        case .lost(let reason): "connection lost: \(reason)"
        case .deadlineExceeded: "no answer in time"
        case .outcomeUnknown: "the wait for the synchronous standby was cancelled"
        case .poolExhausted: "all connections stayed in use"
        case .poolClosed: "the pool is closed"
        case .server(let state, let message): "\(state) \(message)"
        case .unexpectedResult(let what): "unexpected result: \(what)"
        }
    }

    /// Connection exceptions, shutdown and crash, "cannot connect now", and a primary that became a standby (PostgreSQL,
    /// appendix A).
    private static func saysServerLeaves(_ state: String) -> Bool {
        state.hasPrefix("08") || ["57P01", "57P02", "57P03", "25006"].contains(state)
    }

    /// Serialization failure (which a standby's recovery conflict is, too), deadlock, lock timeout, too many
    /// connections; and, on a standby that lags right after a migration, no schema, table, column or privilege yet.
    private static func saysTryAgain(_ state: String) -> Bool {
        ["40001", "40P01", "55P03", "53300", "3F000", "42P01", "42703", "42501"].contains(state)
    }
}
