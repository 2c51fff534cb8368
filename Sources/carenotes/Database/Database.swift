import Synchronization

/// The PostgreSQL servers, opened once. It connects when it must and in the background, and never fails because a
/// server is away. Calls block: they belong on worker threads.
package final class Database: Sendable {
    /// An index over the notes of years takes its time, and nobody waits for it but the replica that starts.
    private static let migrationLimits = DatabaseAccess.Limits(call: .seconds(120), budget: .seconds(130))

    /// Runs transactions on the primary.
    let writes: DatabaseAccess
    /// Runs queries on a standby, or on the primary where there is none.
    let reads: DatabaseAccess
    private let instance: Int
    private let options: Mutex<ConnectionOptions>
    private let directory: HostDirectory
    private let keeper: PoolKeeper

    /// `instance` is the replica's number, which the servers see in `application_name`; the circuits open after
    /// `threshold` failures in a row, for `openTime` or what `Dependency` says.
    package convenience init(_ settings: Settings.Database, instance: Int, threshold: Int, openTime: Duration) {
        self.init(
            settings, instance: instance, threshold: threshold, openTime: openTime,
            limits: DatabaseAccess.Limits())
    }

    init(
        _ settings: Settings.Database, instance: Int, threshold: Int, openTime: Duration,
        limits: DatabaseAccess.Limits
    ) {
        let options = ConnectionOptions(settings, instance: instance)
        let directory = HostDirectory(hosts: settings.hosts)
        let keeper = PoolKeeper()
        let access = { (role: ServerHealth.Role, dependency: Dependency) in
            DatabaseAccess(
                pool: ConnectionPool(
                    role: role, settings: settings, options: options, directory: directory,
                    onDeposed: { [weak keeper] in keeper?.drop(host: $0) }),
                circuit: CircuitBreaker(dependency, threshold: threshold, openTime: openTime), limits: limits)
        }
        self.instance = instance
        self.options = Mutex(options)
        self.directory = directory
        self.keeper = keeper
        writes = access(.primary, .database)
        reads = access(.standby, .databaseReads)
        keeper.keep([writes.pool, reads.pool])
    }

    deinit { close() }

    /// "database" for writes, "database-reads" for reads, which go on without a primary.
    package var circuits: [CircuitBreaker] { [writes.circuit, reads.circuit] }

    package var statistics: DatabaseStatistics {
        let counts = [writes.counts, reads.counts]
        return DatabaseStatistics(
            primary: writes.pool.statistics, standby: reads.pool.statistics,
            retries: counts.map(\.retries).reduce(0, +), failures: counts.map(\.failures).reduce(0, +),
            lastFailure: counts.compactMap(\.lastFailure).first)
    }

    /// Logs in to every server at once. For the health thread: it makes new connections each time.
    package func health(within limit: Duration) -> DatabaseHealth {
        let health = HealthProbe(options: options.withLock { $0 }, hosts: directory.hosts).run(within: limit)
        for server in health.servers {
            guard let role = server.role else {
                directory.lost(server.host)
                continue
            }
            if let deposed = directory.saw(role, at: server.host) { keeper.drop(host: deposed) }
        }
        return health
    }

    /// Why another login must not be taken yet; nil where each server that takes the present one takes it, too, and one does.
    ///
    /// Blocks for up to twice the limit.
    func refusal(of settings: Settings.Database, within limit: Duration) -> String? {
        let new = HealthProbe(options: ConnectionOptions(settings, instance: instance), hosts: directory.hosts)
            .run(within: limit)
        let old = HealthProbe(options: options.withLock { $0 }, hosts: directory.hosts).run(within: limit)
        let wanted = Set(old.servers.filter { $0.role != nil }.map(\.host))
        let refused = new.servers.filter { $0.role == nil && (wanted.contains($0.host) || !new.isReadable) }
        return refused.isEmpty
            ? nil : refused.map { "\($0.host): \($0.failure ?? "no login")" }.joined(separator: "; ")
    }

    /// Logs in otherwise from now on. Connections that stand do their work, and end when they come back.
    func renew(_ settings: Settings.Database) {
        let new = ConnectionOptions(settings, instance: instance)
        options.withLock { $0 = new }
        writes.pool.renew(new)
        reads.pool.renew(new)
    }

    /// Brings the schema up to date. Safe to run from several replicas at once, and again; the caller tries again
    /// later where it throws.
    package func migrate() throws(RecordsError) {
        try writes.perform(within: Self.migrationLimits) { connection, deadline throws(PostgresError) in
            try Migrator.run(on: connection, by: deadline)
        }
    }

    /// Closes every connection; later calls throw `unavailable`.
    package func close() { keeper.close() }
}
