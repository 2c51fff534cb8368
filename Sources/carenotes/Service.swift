import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// Everything that one replica consists of, from its settings to its open port.
final class Service: Sendable {
    let logger: Logger
    let state = HealthState()
    let metrics = RequestMetrics()
    let server: HTTPServer
    let workers: Bulkheads
    private let database: Database
    private let cache: Cache
    private let watch: DependencyWatch
    private let replicas: ReplicaWatch
    private let watchInterval: Duration
    private let stopping = StopSignal()
    private let lists: ResidentListCache
    private let spool: AuditSpool
    private let shipper: AuditShipper
    private static let shippingInterval = Duration.milliseconds(500)
    private let reloading: SecretReload

    /// Logs to the descriptor, which stays the caller's.
    init(
        _ settings: Settings, _ secrets: ReplicaSecrets, _ arguments: ServeArguments, socket: Int32,
        log: Int32 = STDERR_FILENO, requestLimit: Duration = RequestDeadline.limit,
        limits: HTTPServer.Limits = HTTPServer.Limits()
    ) throws(ServeFailure) {
        logger = Logger(
            level: LogLevel(rawValue: settings.logLevel) ?? .info,
            format: Logger.Format(rawValue: settings.logFormat) ?? .json,
            output: LogOutput(descriptor: log), common: [])
        database = Database(
            settings.database, instance: arguments.instance, threshold: settings.circuitThreshold,
            openTime: settings.circuitTimeout)
        cache = Cache(settings.redis, threshold: settings.circuitThreshold, openTime: settings.circuitTimeout)
        workers = Bulkheads(poolMaximum: settings.database.poolMaximum)
        watch = DependencyWatch(
            database: database, cache: cache, state: state, timeout: settings.healthTimeout)
        watchInterval = settings.healthInterval
        let report: @Sendable (String) -> Void = { [logger] in logger.log(.error, "audit", [("reason", .text($0))])
        }
        spool = AuditSpool(folder: arguments.spool, replica: arguments.instance, onTrouble: report)
        shipper = AuditShipper(spool: spool, database: database, onTrouble: report)
        let limiter = RateLimiter(settings.rateLimit, cache: cache, encryptionKey: settings.encryptionKey)
        lists = ResidentListCache(cache, encryption: secrets.encryption, time: settings.cacheTime)
        let maker = ServingPartsMaker(
            instance: arguments.instance, database: database, gate: try Self.passwordGate(), limiter: limiter,
            lists: lists, trail: AuditTrail(spool: spool), logger: logger)
        let live = LiveSecrets(try maker.make(settings, secrets))
        reloading = SecretReload(
            arguments: arguments, running: settings, live: live, maker: maker, database: database, cache: cache,
            logger: logger)
        replicas = Self.replicaWatch(live, state, settings, arguments, cache)
        let connections = ConnectionWatch(limits.progress)
        let errors = ErrorBoundary(logger: logger)
        let application = Application(
            live: live, state: state, metrics: metrics, workers: workers, logger: logger,
            errors: errors, requestLimit: requestLimit,
            crossOrigin: CrossOrigin(origins: settings.allowedOrigins),
            detailed: DetailedHealth(
                live: live, state: state, watch: watch, replicas: replicas,
                circuits: database.circuits + cache.circuits, startedAt: WallClock.seconds()),
            exposition: MetricsReply(
                live: live, reloads: reloading.counts, metrics: metrics, state: state, database: database,
                cache: cache, workers: workers, limiter: limiter, connections: connections, logger: logger,
                errors: errors, gate: maker.gate, counters: maker.counters, spool: spool,
                startedAt: WallClock.seconds()),
            circuits: database.circuits + cache.circuits,
            document: OpenAPIDocument(origin: settings.origin))
        server = try HTTPServer(socket: socket, application: application, watch: connections, limits: limits)
    }

    private static func passwordGate() throws(ServeFailure) -> PasswordGate {
        do throws(SecretsError) { return try PasswordGate() } catch {
            throw .internalError("OpenSSL gives no random bytes")
        }
    }

    /// Reads the files of secrets again, beside everything else.
    func reload() { _ = BackgroundThread { [reloading] in reloading.run() } }

    /// Starts what goes on in the background.
    func start() {
        logger.log(.info, "listening", [("port", .integer(Int(server.port)))])
        _ = BackgroundThread { [self] in migrate() }
        _ = BackgroundThread { [self] in lists.run(every: .milliseconds(500), until: stopping) }
        _ = BackgroundThread { [self] in watch.run(every: watchInterval, until: stopping) }
        _ = BackgroundThread { [self] in replicas.run(until: stopping) }
        _ = BackgroundThread { [self] in shipper.run(every: Self.shippingInterval, until: stopping) }
    }

    private static func replicaWatch(
        _ live: LiveSecrets, _ state: HealthState, _ settings: Settings, _ arguments: ServeArguments,
        _ cache: Cache
    ) -> ReplicaWatch {
        let others = ServeArguments.instances.filter { $0 != arguments.instance }.map { number in
            let port = settings.firstPort + UInt16(number) - 1
            return (number, "http://\(arguments.addresses[number - 1]):\(port)\(Route.health.path)")
        }
        let own = { @Sendable in
            let replica = live.current.replica
            return Heartbeat(
                instance: replica.instance, generation: replica.generation, version: Carenotes.version,
                status: "\(state.phase)")
        }
        return ReplicaWatch(own: own, others: Dictionary(uniqueKeysWithValues: others), cache: cache)
    }

    /// Once no request is in flight.
    func stop() {
        stopping.stop()
        // First the workers: a request that comes at the last moment is refused, and none is with a worker when the
        // server ends, which it would not survive.
        workers.close()
        server.stop()
        spool.close()
        database.close()
        cache.close()
    }

    /// Until it is done: the database may come up later than this process.
    private func migrate() {
        var pause = Duration.milliseconds(250)
        var attempts = 0
        repeat {
            do throws(RecordsError) {
                try database.migrate()
                state.migrated()
                return logger.log(.info, "the schema is up to date")
            } catch {
                // At first, and then about once a minute.
                if attempts % 30 == 0 {
                    let reason = database.statistics.lastFailure ?? "\(error)"
                    logger.log(.warn, "the schema is not up to date yet", [("reason", .text(reason))])
                }
                attempts += 1
            }
            let isStopped = !stopping.sleep(pause)
            pause = min(pause * 2, .seconds(2))
            if isStopped { return }
        } while true
    }
}
