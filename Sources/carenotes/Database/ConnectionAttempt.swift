import CPostgres
import Glibc

/// One login to one server, carried on without blocking, so that several run at once.
final class ConnectionAttempt {
    enum State {
        /// It waits for these events of poll(2).
        case connecting(Int32)
        case connected(PostgresConnection)
        case failed(String)
    }

    let host: String
    let startedAt = ContinuousClock.now
    private(set) var endedAt: ContinuousClock.Instant?
    private(set) var state: State
    private let deadline: Deadline
    private let handle: ConnectionHandle?

    init(host: String, options: ConnectionOptions, by deadline: Deadline) {
        self.host = host
        self.deadline = min(deadline, Deadline(in: ConnectionOptions.connectTimeout))
        handle = options.start(host: host).map { ConnectionHandle(takingOwnershipOf: $0) }
        state = .connecting(POLLOUT)
        guard let handle else {
            end(.failed("out of memory"))
            return
        }
        if PQstatus(handle.pointer) == CONNECTION_BAD { end(.failed(handle.errorMessage)) }
    }

    var isConnecting: Bool {
        if case .connecting = state { true } else { false }
    }

    var connection: PostgresConnection? {
        if case .connected(let connection) = state { connection } else { nil }
    }

    var failure: String? {
        if case .failed(let reason) = state { reason } else { nil }
    }

    /// From the first packet to the end of the login.
    var latency: Duration? { endedAt.map { startedAt.duration(to: $0) } }

    /// Waits until one of the attempts has something to do, and does it, or until the deadline.
    static func advance(_ attempts: [ConnectionAttempt], until deadline: Deadline) {
        let running = attempts.filter(\.isConnecting)
        var requests = running.map { $0.pollRequest }
        let first = running.map(\.deadline).min() ?? deadline
        poll(&requests, nfds_t(requests.count), min(first, deadline).pollTimeout)
        for (attempt, request) in zip(running, requests) { attempt.advance(isReady: request.revents != 0) }
    }

    private var pollRequest: pollfd {
        guard let handle, case .connecting(let events) = state else {
            return pollfd(fd: -1, events: 0, revents: 0)
        }
        return pollfd(fd: PQsocket(handle.pointer), events: Int16(events), revents: 0)
    }

    private func advance(isReady: Bool) {
        guard let handle else { return }
        if isReady {
            switch PQconnectPoll(handle.pointer) {
            case PGRES_POLLING_READING: state = .connecting(POLLIN)
            case PGRES_POLLING_WRITING: state = .connecting(POLLOUT)
            case PGRES_POLLING_OK: return end(.connected(PostgresConnection(handle, host: host)))
            default: return end(.failed(handle.errorMessage))
            }
        }
        if deadline.hasPassed { end(.failed("no login in time at \(host)")) }
    }

    private func end(_ state: State) {
        self.state = state
        endedAt = .now
    }
}
