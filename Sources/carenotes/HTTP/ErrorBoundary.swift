import Synchronization

/// Where everything that goes wrong with a request ends: a problem for the client, and one line and one count for what
/// was our own doing.
final class ErrorBoundary: Sendable {
    private let logger: Logger
    private let count = Atomic<Int>(0)

    init(logger: Logger) { self.logger = logger }

    /// Errors of ours since the start.
    var defects: Int { count.load(ordering: .relaxed) }

    /// The reply of `work`, or the problem that it met. What needs longer than the request's deadline is given up: each
    /// call of the database ends by then.
    func reply(to request: Request, _ work: () throws -> Reply) -> Reply {
        do {
            return try RequestDeadline.$current.withValue(request.deadline) {
                guard !request.deadline.hasPassed else { throw AppError.timedOut }
                return try work()
            }
        } catch {
            return reply(to: request, refusedFor: AppError(error))
        }
    }

    func reply(to request: Request, refusedFor error: AppError) -> Reply {
        let error = error.isUnavailability && request.deadline.hasPassed ? .timedOut : error
        if let defect = error.defect {
            count.add(1, ordering: .relaxed)
            logger.log(
                .error, "internal error",
                [
                    ("reason", .text(defect)), ("route", .text(request.route.path)),
                    ("method", .text(request.method.name)), ("request_id", .text(request.id)),
                ] + request.trace.fields)
        }
        return error.problem.reply(requestID: request.id)
    }
}
