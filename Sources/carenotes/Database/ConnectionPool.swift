/// Connections to the servers of one role, shared by the workers. Blocking: at most `poolMaximum` stand at a time, and
/// whoever finds none waits.
final class ConnectionPool: Sendable {
    /// New connections that are made at the same time: after a failover all workers want one at once, and each login
    /// costs the new primary some milliseconds of processor time.
    private static let maximumConnecting = 2

    let role: ServerHealth.Role
    private let directory: HostDirectory
    private let acquireTimeout: Duration
    private let monitor: Monitor<PoolState>
    /// Hears of a server that was the primary until another took its place.
    private let onDeposed: @Sendable (String) -> Void

    init(
        role: ServerHealth.Role, settings: Settings.Database, options: ConnectionOptions, directory: HostDirectory,
        onDeposed: @escaping @Sendable (String) -> Void
    ) {
        self.role = role
        self.directory = directory
        self.onDeposed = onDeposed
        acquireTimeout = settings.acquireTimeout
        monitor = Monitor(PoolState(settings, options))
    }

    var statistics: PoolStatistics { monitor.withLock { $0.statistics } }

    /// Lends a connection to `body`, for one transaction.
    func withConnection<Value>(
        by deadline: Deadline, _ body: (PostgresConnection) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        let connection = try checkOut(by: min(deadline, Deadline(in: acquireTimeout)))
        do throws(PostgresError) {
            let value = try body(connection)
            checkIn(connection, after: nil)
            return value
        } catch {
            checkIn(connection, after: error)
            throw error
        }
    }

    /// Ends every session on that server, also those that wait for an answer.
    func drop(host: String) {
        let dropped = monitor.update { $0.drop(host: host, hangsUp: true) }
        // Closed here, after the lock is let go.
        withExtendedLifetime(dropped) {}
    }

    /// Logs in otherwise from now on; connections that stand end as soon as nobody works with them.
    func renew(_ options: ConnectionOptions) {
        let idle = monitor.update { $0.renew(options) }
        withExtendedLifetime(idle) {}
    }

    /// Closes idle connections that stood too long and makes one where fewer than the minimum stand.
    func tend() {
        let expired = monitor.update { $0.takeExpired(at: .now) }
        withExtendedLifetime(expired) {}
        guard monitor.withLock({ $0.reserveMinimum(limit: Self.maximumConnecting) }) else { return }
        guard let connection = try? connect(by: Deadline(in: .seconds(5))) else { return }
        checkIn(connection, after: nil)
    }

    /// Closes what is idle now, and what is in use when it comes back.
    func close() {
        let idle = monitor.update { $0.close() }
        withExtendedLifetime(idle) {}
    }
}

extension ConnectionPool {
    private func checkOut(by deadline: Deadline) throws(PostgresError) -> PostgresConnection {
        while true {
            switch decide(by: deadline) {
            case .use(let connection):
                if connection.stillStands() { return connection }
                checkIn(connection, after: .lost("closed while idle"))
            case .connect: return try connect(by: deadline)
            case .refuse(let error): throw error
            }
        }
    }

    private func decide(by deadline: Deadline) -> PoolState.Decision {
        var ticket = PoolState.Ticket()
        let decision = monitor.wait(until: deadline) { $0.decide(&ticket, limit: Self.maximumConnecting) }
        return monitor.withLock { $0.settle(ticket, decision) }
    }

    private func connect(by deadline: Deadline) throws(PostgresError) -> PostgresConnection {
        let login = monitor.withLock { $0.login }
        do throws(PostgresError) {
            var race = HostRace(
                for: role, order: directory.order(for: role), options: login.options, by: deadline)
            let connection = try race.run(observe: observe)
            monitor.update { $0.connected(connection, with: login) }
            return connection
        } catch {
            monitor.update { $0.failedToConnect(error) }
            throw error
        }
    }

    private func observe(_ host: String, _ role: ServerHealth.Role?) {
        guard let role else { return directory.lost(host) }
        if let deposed = directory.saw(role, at: host) { onDeposed(deposed) }
    }

    private func checkIn(_ connection: PostgresConnection, after error: PostgresError?) {
        let isReusable = connection.isReusable && error?.condemnsServer != true && suits(connection)
        if error?.condemnsServer == true { directory.lost(connection.host) }
        let dropped = monitor.update { state in
            state.takeBack(connection, isReusable: isReusable)
            return error?.condemnsServer == true ? state.drop(host: connection.host, hangsUp: false) : []
        }
        withExtendedLifetime(dropped) {}
    }

    /// A connection for reads that fell back to the primary, or whose standby became the primary, ends after a while, so
    /// that reads go back to a standby.
    private func suits(_ connection: PostgresConnection) -> Bool {
        switch role {
        case .primary: connection.takesWrites
        case .standby: connection.role == .standby || connection.openedAt.duration(to: .now) < .seconds(10)
        }
    }
}
