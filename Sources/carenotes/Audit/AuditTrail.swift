/// Lets a reply go out only once the trail has what it shows.
struct AuditTrail: Sendable {
    let spool: AuditSpool

    static let unavailable = Problem.unavailable(
        .auditUnavailable, "What is read cannot be written down, and is not shown until it can.", retryAfter: 5)

    /// Gives the reply back once the event is on the disk.
    ///
    /// - Throws: 503 where it cannot be written.
    func showing(_ reply: Reply, _ event: AuditEvent) throws(Problem) -> Reply {
        try record(event)
        return reply
    }

    /// Work that only says no: a role that does not allow it is of interest to whoever reads the trail.
    func refusing(_ asked: Asked, _ problem: Problem) -> Dispatcher.Work {
        {
            try record(asked.event.ending(problem))
            throw problem
        }
    }

    /// Writes down where somebody asks for what is not there, or not his: he may be looking for a way in.
    func watching(_ asked: Asked, _ work: @escaping Dispatcher.Work) -> Dispatcher.Work {
        {
            do {
                return try work()
            } catch let error as RecordsError where error == .noSuchRecord || error == .notTheAuthor {
                let id = asked.request.parameter.flatMap { UUIDText.normalized($0) }
                try record(asked.event.about(record: id).ending(Problem(error)))
                throw error
            }
        }
    }

    private func record(_ event: AuditEvent) throws(Problem) {
        guard spool.record(event) else { throw Self.unavailable }
    }
}

extension Asked {
    /// That it was asked for.
    var event: AuditEvent { AuditEvent(.read, by: identity) }
}

extension AuditEvent {
    func ending(_ problem: Problem) -> AuditEvent { ending(problem.code.rawValue) }
}
