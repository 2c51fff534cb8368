/// What a pool's lock guards: pure bookkeeping, without any call to a server.
struct PoolState {
    enum Decision {
        case use(PostgresConnection)
        /// There is room for one more, which the caller makes, and then tells `connected` or `failedToConnect`.
        case connect
        case refuse(PostgresError)
    }

    /// A caller's place in the queue.
    struct Ticket {
        fileprivate var failuresAtStart: Int?
    }

    /// How to log in now.
    struct Login {
        var options: ConnectionOptions
        fileprivate var number = 0
    }

    private struct Idle {
        let connection: PostgresConnection
        let since: ContinuousClock.Instant
    }

    private let minimum: Int
    private let maximum: Int
    private let idleTimeout: Duration
    private(set) var login: Login
    private var idle: [Idle] = []
    private var inUse: [ObjectIdentifier: PostgresConnection] = [:]
    /// In use, and not to be used again.
    private var condemned: Set<ObjectIdentifier> = []
    private var connecting = 0
    private var waiting = 0
    private var isClosed = false
    private var counts = PoolStatistics()
    private var lastFailure = PostgresError.poolExhausted

    init(_ settings: Settings.Database, _ options: ConnectionOptions) {
        login = Login(options: options)
        minimum = settings.poolMinimum
        maximum = settings.poolMaximum
        idleTimeout = settings.idleTimeout
    }

    var statistics: PoolStatistics {
        var statistics = counts
        statistics.idle = idle.count
        statistics.inUse = inUse.count
        statistics.open = idle.count + inUse.count
        statistics.waiting = waiting
        statistics.maximum = maximum
        return statistics
    }

    private var total: Int { idle.count + inUse.count + connecting }

    /// Nil where the caller must wait. Who waited while an attempt to connect failed shares its fate, instead of trying
    /// the same servers once more, one after the other.
    mutating func decide(_ ticket: inout Ticket, limit: Int) -> Decision? {
        if isClosed { return .refuse(.poolClosed) }
        if let last = idle.popLast() {
            inUse[ObjectIdentifier(last.connection)] = last.connection
            return .use(last.connection)
        }
        if let start = ticket.failuresAtStart, start != counts.connectFailures { return .refuse(lastFailure) }
        if reserve(limit: limit) { return .connect }
        if ticket.failuresAtStart == nil {
            ticket.failuresAtStart = counts.connectFailures
            waiting += 1
        }
        return nil
    }

    /// Ends a wait, whose time was up where there is no decision.
    mutating func settle(_ ticket: Ticket, _ decision: Decision?) -> Decision {
        if ticket.failuresAtStart != nil { waiting -= 1 }
        if let decision { return decision }
        counts.acquireTimeouts += 1
        return .refuse(.poolExhausted)
    }

    /// Room for a connection where fewer than the minimum stand.
    mutating func reserveMinimum(limit: Int) -> Bool {
        !isClosed && connecting == 0 && total < minimum && reserve(limit: limit)
    }

    private mutating func reserve(limit: Int) -> Bool {
        guard total < maximum, connecting < limit else { return false }
        connecting += 1
        return true
    }

    mutating func connected(_ connection: PostgresConnection, with login: Login) {
        connecting -= 1
        counts.connects += 1
        inUse[ObjectIdentifier(connection)] = connection
        if login.number != self.login.number { condemned.insert(ObjectIdentifier(connection)) }
    }

    /// New connections log in with other options. Gives the idle ones, which the caller lets go of outside the lock; those in
    /// use do their work and end when they come back.
    mutating func renew(_ options: ConnectionOptions) -> [PostgresConnection] {
        login = Login(options: options, number: login.number + 1)
        condemned.formUnion(inUse.keys)
        return takeIdle { _ in true }
    }

    mutating func failedToConnect(_ error: PostgresError) {
        connecting -= 1
        counts.connectFailures += 1
        lastFailure = error
    }

    mutating func takeBack(_ connection: PostgresConnection, isReusable: Bool) {
        let id = ObjectIdentifier(connection)
        inUse[id] = nil
        let isCondemned = condemned.remove(id) != nil
        guard isReusable, !isCondemned, !isClosed else { return }
        idle.append(Idle(connection: connection, since: .now))
    }

    /// Gives the idle connections to that server, which the caller lets go of outside the lock; those in use end when
    /// they come back, or now where `hangsUp`.
    mutating func drop(host: String, hangsUp: Bool) -> [PostgresConnection] {
        for (id, connection) in inUse where connection.host == host {
            condemned.insert(id)
            if hangsUp { connection.hangUp() }
        }
        return takeIdle { $0.connection.host == host }
    }

    /// The connections above the minimum that were idle for too long; the oldest are in front.
    mutating func takeExpired(at now: ContinuousClock.Instant) -> [PostgresConnection] {
        let idleTimeout = idleTimeout
        var spare = max(0, idle.count + inUse.count - minimum)
        return takeIdle { entry in
            guard spare > 0, entry.since.duration(to: now) > idleTimeout else { return false }
            spare -= 1
            return true
        }
    }

    mutating func close() -> [PostgresConnection] {
        isClosed = true
        return takeIdle { _ in true }
    }

    private mutating func takeIdle(where isTaken: (Idle) -> Bool) -> [PostgresConnection] {
        var taken: [PostgresConnection] = []
        idle.removeAll { entry in
            guard isTaken(entry) else { return false }
            taken.append(entry.connection)
            return true
        }
        return taken
    }
}
