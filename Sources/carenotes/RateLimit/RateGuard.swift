/// Stands before every route but those that machines ask for health and metrics.
struct RateGuard: Sendable {
    let limiter: RateLimiter
    let authenticator: Authenticator

    /// Counts the request, also where it is refused for what it is; `next` finds out what becomes of it. Redis is asked on
    /// the worker that does the work. `now` is in seconds since 1970.
    func outcome(_ request: Request, now: Int64, _ next: (Request) -> Outcome) -> Outcome {
        guard !request.route.isRoutine else { return next(request) }
        var request = request
        request.identity = try? authenticator.identity(request.headers, now: now)
        let caller = limiter.caller(request)
        if let quota = limiter.refusal(of: caller) { return .now(quota.problem.reply(requestID: request.id)) }
        let work = next(request).work
        return .later { [limiter, id = request.id] in
            let quota = limiter.count(caller)
            guard !quota.isExceeded else { return quota.problem.reply(requestID: id) }
            var reply = work()
            reply.headers += quota.headers
            return reply
        }
    }
}

extension Outcome {
    fileprivate var work: @Sendable () -> Reply {
        switch self {
        case .now(let reply): { reply }
        case .later(let work): work
        }
    }
}

extension Authenticator {
    /// As `identity`, with where the request comes from, and without a second look at a token that was found valid.
    func identity(of request: Request, now: Int64) throws(Problem) -> Identity {
        let origin = RequestOrigin(request)
        if let identity = request.identity { return identity.from(origin) }
        return try identity(request.headers, now: now).from(origin)
    }
}
