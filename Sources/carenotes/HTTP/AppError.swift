/// Why a request was not done, whoever found out: the one error that leaves the server, as a `Problem`.
enum AppError: Error, Sendable {
    /// Refused for what it is.
    case refused(Problem)
    case records(RecordsError)
    case account(AccountError)
    /// It took longer than a request may.
    case timedOut
    /// Something that nobody foresaw: the name of its type, never what it says, which may hold anything.
    case unexpected(type: String)

    init(_ error: any Error) {
        switch error {
        case let error as AppError: self = error
        case let error as Problem: self = .refused(error)
        case let error as RecordsError: self = .records(error)
        case let error as AccountError: self = .account(error)
        default: self = .unexpected(type: "\(type(of: error))")
        }
    }

    var problem: Problem {
        switch self {
        case .refused(let problem): problem
        case .records(let error): Problem(error)
        case .account(let error): Problem(error)
        case .timedOut:
            .unavailable(.requestTimeout, "The request took too long, and was given up.", retryAfter: 1)
        case .unexpected: Problem(.internalServerError, .internalError, "Something failed here.")
        }
    }

    /// What the log says of a defect of ours; nil for everything that a client or a failover brings about.
    var defect: String? {
        switch self {
        case .records(.internalFailure), .account(.records(.internalFailure)): "internal-failure"
        case .records(.unreadable), .account(.records(.unreadable)): "unreadable"
        case .unexpected(let type): "unexpected \(type)"
        case .refused(let problem): problem.status == .internalServerError ? problem.code.rawValue : nil
        default: nil
        }
    }

    /// Whether the database did not answer in time, rather than at all.
    var isUnavailability: Bool {
        switch self {
        case .records(.unavailable), .account(.records(.unavailable)): true
        default: false
        }
    }
}
