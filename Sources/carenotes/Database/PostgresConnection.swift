import CPostgres
import Glibc

/// A session on one server. One thread uses it at a time: the pool hands it out and takes it back under its lock, which
/// is why it may be sent between threads.
final class PostgresConnection: @unchecked Sendable {
    let host: String
    let openedAt = ContinuousClock.now
    let handle: ConnectionHandle
    private let grip: SocketGrip
    private var prepared: Set<String> = []
    private var isBroken = false

    /// Of a handle whose login has ended well.
    init(_ handle: ConnectionHandle, host: String) {
        self.handle = handle
        self.host = host
        grip = SocketGrip(PQsocket(handle.pointer))
        PQsetnonblocking(handle.pointer, 1)
    }

    /// As the server last reported it (PostgreSQL 14 and later).
    var role: ServerHealth.Role { handle.reportedSetting("in_hot_standby") == "on" ? .standby : .primary }

    var takesWrites: Bool {
        role == .primary && handle.reportedSetting("default_transaction_read_only") != "on"
    }

    /// Whether another caller may use it next.
    var isReusable: Bool {
        !isBroken && PQstatus(handle.pointer) == CONNECTION_OK
            && PQtransactionStatus(handle.pointer) == PQTRANS_IDLE
    }

    /// Whether it stands, as far as its socket tells: an idle session has nothing to read but news of its end or of
    /// changed settings.
    func stillStands() -> Bool {
        guard handle.wait(for: POLLIN, until: Deadline(in: .zero)) else { return isReusable }
        return PQconsumeInput(handle.pointer) == 1 && isReusable
    }

    /// Ends what another thread waits for on this connection. The only call that any thread may make.
    func hangUp() { grip.hangUp() }

    /// Runs one prepared statement.
    func execute(
        _ statement: Statement, _ values: [PostgresValue], by deadline: Deadline
    ) throws(PostgresError) -> QueryResult {
        guard let bound = BoundValues(values) else { throw .unexpectedResult("NUL in a text parameter") }
        try prepare(statement, by: deadline)
        let sent = bound.withPointers { pointers in
            PQsendQueryPrepared(
                handle.pointer, statement.name, Int32(values.count), pointers, bound.lengths, bound.formats, 1)
        }
        return try finish(sent: sent, by: deadline)
    }

    /// Runs SQL without parameters, several statements where need be; gives the last one's result, as text.
    @discardableResult
    func run(_ text: String, by deadline: Deadline) throws(PostgresError) -> QueryResult {
        try finish(sent: PQsendQuery(handle.pointer, text), by: deadline)
    }

    func prepare(_ statement: Statement, by deadline: Deadline) throws(PostgresError) {
        guard !prepared.contains(statement.name) else { return }
        _ = try finish(
            sent: PQsendPrepare(handle.pointer, statement.name, statement.text, 0, nil), by: deadline)
        prepared.insert(statement.name)
    }
}

extension PostgresConnection {
    /// Sends what libpq holds and takes the answer. Whatever ends this early leaves the connection broken: its answer
    /// would come in place of the next one's. There is no cancel request: cancelling a commit that waits for its standby
    /// would make it report success.
    private func finish(sent: Int32, by deadline: Deadline) throws(PostgresError) -> QueryResult {
        try answered { () throws(PostgresError) in
            guard sent == 1 else { throw .lost(handle.errorMessage) }
            try flush(by: deadline)
            let result = try lastResult(by: deadline)
            if handle.notices.takeBrokenWait() { throw .outcomeUnknown }
            if let failure = result.failure { throw failure }
            return result
        }
    }

    /// Runs `body`, and takes the connection for broken where that ends with anything but the server's own refusal.
    func answered<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        do throws(PostgresError) {
            return try body()
        } catch {
            if case .server = error {} else { isBroken = true }
            throw error
        }
    }

    func flush(by deadline: Deadline) throws(PostgresError) {
        while true {
            switch PQflush(handle.pointer) {
            case 0: return
            case 1: try exchange(POLLIN | POLLOUT, by: deadline)
            default: throw .lost(handle.errorMessage)
            }
        }
    }

    /// The last result, or the first that failed.
    private func lastResult(by deadline: Deadline) throws(PostgresError) -> QueryResult {
        var last: QueryResult?
        while let result = try nextResult(by: deadline) {
            if last?.failure == nil { last = result }
        }
        guard let last else { throw .lost(handle.errorMessage) }
        return last
    }

    func nextResult(by deadline: Deadline) throws(PostgresError) -> QueryResult? {
        while PQisBusy(handle.pointer) == 1 { try exchange(POLLIN, by: deadline) }
        return PQgetResult(handle.pointer).map { QueryResult(takingOwnershipOf: $0) }
    }

    private func exchange(_ events: Int32, by deadline: Deadline) throws(PostgresError) {
        guard handle.wait(for: events, until: deadline) else { throw .deadlineExceeded }
        // A failure shows in the next result, with the server's last words where it sent some.
        if PQconsumeInput(handle.pointer) == 0, PQisBusy(handle.pointer) == 1 { throw .lost(handle.errorMessage) }
    }
}
