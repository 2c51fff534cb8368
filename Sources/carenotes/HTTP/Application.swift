/// What carenotes answers, whoever carries the bytes.
final class Application: Sendable {
    let replica: Replica
    let state: HealthState
    let prepared: HealthReplies
    let metrics: RequestMetrics
    let workers: WorkerPool
    let logger: Logger
    private let records: RecordsResource
    private let auth: AuthResource
    private let users: UsersResource
    private let detailed: DetailedHealth
    private let exposition: MetricsReply
    private let circuits: [CircuitBreaker]

    static let overloaded = Problem.unavailable(
        .overloaded, "Too many requests wait for the database.", retryAfter: 1)

    init(
        replica: Replica, state: HealthState, prepared: HealthReplies, metrics: RequestMetrics,
        workers: WorkerPool, logger: Logger, records: RecordsResource, auth: AuthResource,
        users: UsersResource, detailed: DetailedHealth,
        exposition: MetricsReply, circuits: [CircuitBreaker]
    ) {
        self.replica = replica
        self.state = state
        self.prepared = prepared
        self.metrics = metrics
        self.workers = workers
        self.logger = logger
        self.records = records
        self.auth = auth
        self.users = users
        self.detailed = detailed
        self.exposition = exposition
        self.circuits = circuits
    }

    func outcome(_ request: Request) throws(Problem) -> Outcome {
        guard request.route != .unknown else { throw Self.nothing }
        guard request.route.allows(request.method) else {
            throw Problem(
                .methodNotAllowed, .methodNotAllowed, "The resource takes \(request.route.allowedMethods)."
            ).with("Allow", request.route.allowedMethods)
        }
        switch request.route {
        case .health, .live, .ready, .startup:
            return .now(HealthReplies.reply(request.route, state.phase, replica))
        case .detailed: return .later { [detailed] in detailed.reply() }
        case .circuits: return .now(CircuitsReply.make(circuits, at: .now))
        case .metrics: return .now(exposition.reply())
        case .authSetup, .authLogin, .authRefresh, .authLogout, .authPassword, .authMe:
            guard state.hasStarted else { throw Self.starting }
            return .later(try auth.work(request, now: WallClock.seconds()))
        case .users:
            guard state.hasStarted else { throw Self.starting }
            return .later(try users.work(request, now: WallClock.seconds()))
        case .unknown: throw Self.nothing
        default:
            guard state.hasStarted else { throw Self.starting }
            return .later(try records.work(request, now: WallClock.seconds()))
        }
    }

    private static let nothing = Problem(.notFound, .noSuchResource, "There is nothing under this path.")
    private static let starting = Problem.unavailable(
        .starting, "The replica waits for the database, which it has to bring up to date.", retryAfter: 1)

    /// Counts and logs a request whose reply is ready.
    func answered(
        _ route: Route, _ method: Method, _ status: Status, startedAt: UInt64, requestID: () -> String
    ) {
        let nanoseconds = MonotonicClock.nanoseconds() &- startedAt
        metrics.answered(route, method, status, nanoseconds: nanoseconds)
        let level: LogLevel = route.isRoutine ? .debug : .info
        guard logger.logs(level) else { return }
        logger.log(
            level, "request",
            [
                ("method", .text(method.name)), ("route", .text(route.path)),
                ("status", .integer(Int(status.rawValue))), ("seconds", .seconds(Double(nanoseconds) / 1e9)),
                ("request_id", .text(requestID())),
            ])
    }
}
