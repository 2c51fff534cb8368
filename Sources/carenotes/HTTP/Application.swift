/// What carenotes answers, whoever carries the bytes.
final class Application: Sendable {
    let replica: Replica
    let state: HealthState
    let prepared: HealthReplies
    let metrics: RequestMetrics
    let workers: WorkerPool
    let logger: Logger

    static let overloaded = Problem.unavailable(
        .overloaded, "Too many requests wait for the database.", retryAfter: 1)

    init(
        replica: Replica, state: HealthState, prepared: HealthReplies, metrics: RequestMetrics,
        workers: WorkerPool,
        logger: Logger
    ) {
        self.replica = replica
        self.state = state
        self.prepared = prepared
        self.metrics = metrics
        self.workers = workers
        self.logger = logger
    }

    func outcome(_ request: Request) throws(Problem) -> Outcome {
        guard request.route != .unknown else {
            throw Problem(.notFound, .noSuchResource, "There is nothing under this path.")
        }
        guard request.route.allows(request.method) else {
            throw Problem(
                .methodNotAllowed, .methodNotAllowed, "The resource takes \(request.route.allowedMethods)."
            ).with("Allow", request.route.allowedMethods)
        }
        switch request.route {
        case .health, .live, .ready, .startup:
            return .now(HealthReplies.reply(request.route, state.phase, replica))
        default:
            throw Problem(.notFound, .noSuchResource, "There is nothing under this path.")
        }
    }

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
