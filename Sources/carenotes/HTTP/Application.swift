/// What carenotes answers, whoever carries the bytes.
final class Application: Sendable {
    let live: LiveSecrets
    let state: HealthState
    let metrics: RequestMetrics
    let workers: Bulkheads
    let logger: Logger
    let errors: ErrorBoundary
    let crossOrigin: CrossOrigin
    /// How old a request may become.
    let requestLimit: Duration
    private let detailed: DetailedHealth
    private let exposition: MetricsReply
    private let circuits: [CircuitBreaker]
    private let document: Reply

    static let overloaded = Problem.unavailable(
        .overloaded, "Too many requests wait for the database.", retryAfter: 1)

    init(
        live: LiveSecrets, state: HealthState, metrics: RequestMetrics, workers: Bulkheads, logger: Logger,
        errors: ErrorBoundary, requestLimit: Duration, crossOrigin: CrossOrigin, detailed: DetailedHealth,
        exposition: MetricsReply, circuits: [CircuitBreaker], document: OpenAPIDocument
    ) {
        self.live = live
        self.state = state
        self.metrics = metrics
        self.workers = workers
        self.logger = logger
        self.errors = errors
        self.crossOrigin = crossOrigin
        self.requestLimit = requestLimit
        self.detailed = detailed
        self.exposition = exposition
        self.circuits = circuits
        self.document = document.reply
    }

    /// What a request gets, whatever goes wrong with it.
    func outcome(_ request: Request) -> Outcome {
        live.current.rateGuard.outcome(request, now: WallClock.seconds()) { request in
            do throws(Problem) {
                return try route(request)
            } catch {
                return .now(errors.reply(to: request, refusedFor: .refused(error)))
            }
        }
    }

    private func route(_ request: Request) throws(Problem) -> Outcome {
        guard request.route != .unknown else { throw Self.nothing }
        if let preflight = crossOrigin.preflight(request) { return .now(preflight) }
        guard let operation = Operation(request.route, request.method) else {
            let allowed = request.route.allowedMethods
            throw Problem(.methodNotAllowed, .methodNotAllowed, "The resource takes \(allowed).")
                .with("Allow", allowed)
        }
        if operation.contract.access == .machines {
            guard TrustedAddress.isTrusted(peer: request.peer, request.headers) else { throw Self.notHere }
        }
        if let outcome = forMachines(operation, request) { return outcome }
        guard state.hasStarted else { return .later { [self] in replyOnceStarted(to: request) } }
        guard let work = try live.current.dispatcher.work(operation, request, now: WallClock.seconds()) else {
            throw Self.nothing
        }
        return .later { [errors] in
            let reply = errors.reply(to: request, work)
            return request.method.isRead ? reply.ifChanged(since: request.headers) : reply
        }
    }

    /// What is answered whatever state the replica is in.
    private func forMachines(_ operation: Operation, _ request: Request) -> Outcome? {
        switch operation {
        case .health, .live, .ready, .startup:
            .now(HealthReplies.reply(request.route, state.phase, live.current.replica))
        case .detailedHealth: .now(detailed.reply())
        case .circuits: .now(CircuitsReply.make(circuits, at: .now))
        case .metrics: .now(exposition.reply())
        case .openAPI: .now(document.ifChanged(since: request.headers))
        default: nil
        }
    }

    /// A replica that was just started has the schema at hand within moments, for which a request waits: the proxy sends none a
    /// second time because of a 503.
    private func replyOnceStarted(to request: Request) -> Reply {
        guard state.waitUntilStarted(Self.startLimit) else {
            return errors.reply(to: request, refusedFor: .refused(Self.starting))
        }
        do throws(Problem) {
            return switch try route(request) {
            case .now(let reply): reply
            case .later(let work): work()
            }
        } catch {
            return errors.reply(to: request, refusedFor: .refused(error))
        }
    }

    private static let startLimit = Duration.seconds(1)
    private static let nothing = Problem(.notFound, .noSuchResource, "There is nothing under this path.")
    private static let notHere = Problem(.forbidden, .notAllowed, "This is for programs of the same machine.")
    private static let starting = Problem.unavailable(
        .starting, "The replica waits for the database, which it has to bring up to date.", retryAfter: 1)

    /// Counts and logs a request whose reply is ready.
    func answered(
        _ route: Route, _ method: Method, _ status: Status, startedAt: UInt64, naming: () -> [Logger.Field]
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
            ] + naming())
    }
}
