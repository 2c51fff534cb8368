import Secrets

/// The routes of the care records: who asks, what for, and what is to be done about it.
struct RecordsResource: Sendable {
    let notes: NoteStore
    let residents: ResidentStore
    let authenticator: Authenticator
    let hash: RequestHash
    let retentionDays: Int
    let logger: Logger

    /// What is done on a worker thread.
    typealias Work = @Sendable () throws(RecordsError) -> Reply

    /// Everything that can be refused without the database is refused before the work is given. `now` is in seconds since
    /// 1970.
    func work(_ request: Request, now: Int64) throws(Problem) -> @Sendable () -> Reply {
        let identity = try authenticator.identity(request.headers, now: now)
        let work = try work(Asked(request: request, identity: identity, today: CalendarDate(seconds: now)))
        return { answer(request, work) }
    }

    private func work(_ asked: Asked) throws(Problem) -> Work {
        switch (asked.request.route, asked.request.method) {
        case (.notes, .post): try createNote(asked)
        case (.notes, _): try listNotes(asked)
        case (.note, _): try showNote(asked)
        case (.amendments, _): try amendNote(asked)
        case (.residents, .post): try createResident(asked)
        case (.residents, _): try listResidents(asked)
        case (.resident, .patch): try changeResident(asked)
        case (.resident, _): try showResident(asked)
        case (.legalHold, .put): try placeLegalHold(asked)
        case (.legalHold, .delete): try liftLegalHold(asked)
        case (.legalHold, _): try showLegalHold(asked)
        case (.appraisals, _): try decide(asked)
        case (.recordsDue, _): try listDue(asked)
        default: throw Problem(RecordsError.noSuchRecord)
        }
    }

    private func answer(_ request: Request, _ work: Work) -> Reply {
        do throws(RecordsError) {
            let reply = try work()
            return request.method.isRead ? reply.ifChanged(since: request.headers) : reply
        } catch {
            if error == .internalFailure || error == .unreadable {
                logger.log(.error, "records", [("reason", .text("\(error)")), ("request_id", .text(request.id))])
            }
            return Problem(error).reply(requestID: request.id)
        }
    }
}

/// A request with who sent it, and when.
struct Asked: Sendable {
    var request: Request
    var identity: Identity
    /// In UTC.
    var today: CalendarDate

    /// The id in the path. What is no id is the id of nothing.
    func id() throws(Problem) -> String {
        guard let id = request.parameter.flatMap({ UUIDText.normalized($0) }) else {
            throw Problem(RecordsError.noSuchRecord)
        }
        return id
    }

    /// Of a request that may not come twice.
    func key(_ requestHash: [UInt8]) throws(Problem) -> IdempotencyKey {
        IdempotencyKey(text: try IdempotencyKey.text(request.headers), requestHash: requestHash)
    }
}

extension Reply {
    init(_ outcome: IdempotentWrites.Outcome) {
        switch outcome {
        case .fresh(let answer): self = .json(answer.status, answer.body)
        case .replayed(let answer):
            self = Reply.json(answer.status, answer.body).with("Idempotent-Replayed", "true")
        case .olderNote: self = Problem(RecordsError.idempotencyKeyReused).reply(requestID: "")
        }
    }

    /// With the entity tag of its body (RFC 9110 §8.8.3), and without the body where the client has that already.
    func ifChanged(since headers: FieldList) -> Reply {
        guard status == .ok else { return self }
        let tag = "\"\(Hex.encode(Digest.sha256(body).prefix(16)))\""
        let reply = with("ETag", tag)
        let known = headers.values("If-None-Match").flatMap { $0.split(separator: ",") }
        let isKnown = known.contains { entry in
            let entry = entry.drop { $0 == " " }
            return entry == "*" || entry.prefix { $0 != " " } == tag || entry == "W/" + tag
        }
        guard isKnown else { return reply }
        return Reply(status: .notModified, contentType: contentType, headers: reply.headers, body: [])
    }
}
