/// Finds out who asks and whether they may, and gives each operation to its handler.
struct Dispatcher: Sendable {
    let authenticator: Authenticator
    let auth: AuthResource
    let users: UsersResource
    let records: RecordsResource
    let audit: AuditResource
    let trail: AuditTrail

    /// What is done on a worker thread.
    typealias Work = @Sendable () throws -> Reply

    /// Everything that can be refused without the database is refused before the work is given; nil for what needs no
    /// work: the operations of machines. `now` is in seconds since 1970.
    func work(_ operation: Operation, _ request: Request, now: Int64) throws(Problem) -> Work? {
        let accept = request.headers.values("Accept")
        guard AcceptField.takesJSON(accept) || (operation == .listAudit && AcceptField.takesLines(accept)) else {
            throw Problem(
                .notAcceptable, .notAcceptable, "The answer is \(Reply.json).",
                fields: [FieldFault("Accept", "must take \(Reply.json)")])
        }
        try QueryFields.requireOnly(operation.contract.parameters.map(\.name), request)
        switch operation.contract.access {
        case .anyone, .machines: return try work(operation, request, now)
        case .anyUser: return try work(operation, try asked(request, now))
        case .users(let permission):
            let asked = try asked(request, now)
            do throws(Problem) { try asked.identity.require(permission) } catch {
                return trail.refusing(asked, error)
            }
            return try work(operation, asked).map { trail.watching(asked, $0) }
        }
    }

    private func asked(_ request: Request, _ now: Int64) throws(Problem) -> Asked {
        Asked(request: request, identity: try authenticator.identity(of: request, now: now), now: now)
    }

    private func work(_ operation: Operation, _ request: Request, _ now: Int64) throws(Problem) -> Work? {
        switch operation {
        case .setUp: try auth.setUp(request, now)
        case .logIn: try auth.logIn(request, now)
        case .refresh: try auth.refresh(request, now)
        case .logOut: try auth.logOut(request, now)
        default: nil
        }
    }

    /// Those of users.
    private func work(_ operation: Operation, _ asked: Asked) throws(Problem) -> Work? {
        switch operation {
        case .changePassword: try auth.changePassword(asked)
        case .showMe: try auth.showMe(asked)
        case .createUser: try users.create(asked)
        case .listUsers: try users.list(asked)
        case .changeUser: try users.change(asked)
        case .createResident: try records.createResident(asked)
        case .listResidents: try records.listResidents(asked)
        case .showResident: try records.showResident(asked)
        case .changeResident: try records.changeResident(asked)
        case .showLegalHold: try records.showLegalHold(asked)
        case .placeLegalHold: try records.placeLegalHold(asked)
        case .liftLegalHold: try records.liftLegalHold(asked)
        case .decideOnRecord: try records.decide(asked)
        case .listDueRecords: try records.listDue(asked)
        case .createNote: try records.createNote(asked)
        case .listNotes: try records.listNotes(asked)
        case .showNote: try records.showNote(asked)
        case .amendNote: try records.amendNote(asked)
        case .listAudit: try audit.list(asked)
        case .health, .live, .ready, .startup, .detailedHealth, .circuits, .metrics, .openAPI, .setUp, .logIn,
            .refresh,
            .logOut:
            nil
        }
    }
}

/// A request with who sent it, and when.
struct Asked: Sendable {
    var request: Request
    var identity: Identity
    /// Seconds since 1970.
    var now: Int64

    /// In UTC.
    var today: CalendarDate { CalendarDate(seconds: now) }

    /// The id in the path. What is no id is the id of nothing.
    func id() throws(Problem) -> String {
        guard let id = request.parameter.flatMap({ UUIDText.normalized($0) }) else {
            throw Problem(RecordsError.noSuchRecord)
        }
        return id
    }

    /// Of a request that may not come twice.
    func key(_ hashes: RequestHash.Hashes) throws(Problem) -> IdempotencyKey {
        IdempotencyKey(text: try IdempotencyKey.text(request.headers), hashes)
    }
}
