/// What a client may rely on about one operation. The router takes method, route, access and parameters from here, and
/// `/api/openapi.json` is written from it.
struct Contract: Sendable {
    var method: Method
    var route: Route
    var access: Access
    /// One line for whoever writes a client.
    var summary: String
    /// Parameters of the query. Others are refused.
    var parameters: [Parameter] = []
    /// Whether it is a POST that is carried out once for each Idempotency-Key.
    var needsKey = false
    var body: SchemaName?
    /// What success looks like, by status.
    var replies: [Answer]
    /// How it is refused besides what any request may meet.
    var refusals: [Status] = []

    enum Access: Sendable, Equatable {
        /// Without a token.
        case anyone
        /// Machines that come directly or by a trusted address: the proxy does not let others through.
        case machines
        /// Whoever has a valid access token.
        case anyUser
        /// As before, with a role that allows it.
        case users(who: Role.Permission)

        var needsToken: Bool { self != .anyone && self != .machines }
    }

    struct Answer: Sendable {
        var status: Status
        /// Nil where there is no body, or it is not JSON.
        var schema: SchemaName?

        static func ok(_ schema: SchemaName) -> Answer { Answer(status: .ok, schema: schema) }
        static func created(_ schema: SchemaName) -> Answer { Answer(status: .created, schema: schema) }
        static let nothing = Answer(status: .noContent)
    }

    /// Every status of the operation.
    var statuses: [Status] {
        Set(replies.map(\.status) + problems + (hasTag ? [.notModified] : []))
            .sorted { $0.rawValue < $1.rawValue }
    }

    /// Whether its reply has an ETag, so that who has it already may get 304.
    var hasTag: Bool { method == .get && (!route.isRoutine || route == .openAPI) }

    /// The statuses of its problems.
    var problems: [Status] {
        let form: [Status] = [.lengthRequired, .contentTooLarge, .headersTooLarge]
        guard !route.isRoutine else { return form + refusals }
        var statuses =
            form + refusals + [
                .badRequest, .notAcceptable, .tooManyRequests, .internalServerError, .serviceUnavailable,
            ]
        if body != nil { statuses += [.unsupportedMediaType, .unprocessableContent] }
        if access.needsToken { statuses.append(.unauthorized) }
        if case .users = access { statuses.append(.forbidden) }
        if route.hasParameter { statuses.append(.notFound) }
        return Set(statuses).sorted { $0.rawValue < $1.rawValue }
    }
}

/// A parameter of the query.
struct Parameter: Sendable {
    var name: String
    var schema: JSONSchema
    var summary: String

    static let limit = Parameter(
        name: "limit", schema: .integer(QueryFields.limits),
        summary: "How many rows at most; 50 where it is missing.")
    static let cursor = Parameter(
        name: "cursor", schema: .text(.cursor), summary: "The `next` of the page before.")
    static let status = Parameter(name: "status", schema: .text(.status), summary: "Of the residents.")
    static let room = Parameter(
        name: "room", schema: .text(.text(longest: ResidentInput.longestRoom)), summary: "Of the residents.")
    static let resident = Parameter(name: "resident_id", schema: .text(.id), summary: "Whom notes are about.")
    static let author = Parameter(name: "author_id", schema: .text(.id), summary: "Who wrote them.")
    static let actor = Parameter(name: "actor_id", schema: .text(.id), summary: "Who did it.")
    static let tag = Parameter(name: "tag", schema: .text(.tag), summary: "One that they have.")
    static let from = Parameter(name: "from", schema: .text(.moment), summary: "A day or a time; from then on.")
    static let to = Parameter(name: "to", schema: .text(.moment), summary: "A day or a time; before then.")
}
