/// Why a request was not done, as RFC 9457 problem details with a stable `code`.
struct Problem: Error, Sendable, Equatable {
    var status: Status
    var code: Code
    /// What a person who wrote the client needs to know; never what the request contained.
    var detail: String
    var headers: [Reply.Header] = []
    /// Which fields or parameters are wrong, all of them.
    var fields: [FieldFault] = []

    enum Code: String, Sendable, CaseIterable {
        case malformedJSON = "malformed-json"
        case invalidField = "invalid-field"
        case invalidParameter = "invalid-parameter"
        case invalidCursor = "invalid-cursor"
        case invalidIdempotencyKey = "invalid-idempotency-key"
        case missingToken = "missing-token"
        case invalidToken = "invalid-token"
        case notAllowed = "not-allowed"
        case wrongCredentials = "wrong-credentials"
        case tooManyAttempts = "too-many-attempts"
        case rateLimited = "rate-limited"
        case sessionOver = "session-over"
        case setupUsed = "setup-token-used"
        case weakPassword = "weak-password"
        case emailTaken = "email-taken"
        case lastAdmin = "last-admin"
        case noSuchResource = "no-such-resource"
        case methodNotAllowed = "method-not-allowed"
        case ambiguousLength = "ambiguous-length"
        case notAcceptable = "not-acceptable"
        case lengthRequired = "length-required"
        case bodyTooLarge = "body-too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case idempotencyKeyReused = "idempotency-key-reused"
        case headersTooLarge = "headers-too-large"
        case unknownResident = "unknown-resident"
        case recordDestroyed = "record-destroyed"
        case recordNotDue = "record-not-due"
        case legalHold = "legal-hold"
        case recordUnreadable = "record-unreadable"
        case internalError = "internal-error"
        case overloaded
        case requestTimeout = "request-timeout"
        case databaseUnavailable = "database-unavailable"
        case auditUnavailable = "audit-unavailable"
        case starting
    }

    static let contentType = "application/problem+json"

    init(_ status: Status, _ code: Code, _ detail: String, fields: [FieldFault] = []) {
        self.fields = fields
        self.status = status
        self.code = code
        self.detail = detail
    }

    func with(_ name: String, _ value: String) -> Problem {
        var copy = self
        copy.headers.append(Reply.Header(name: name, value: value))
        return copy
    }

    /// 503 with the seconds after which another try makes sense.
    static func unavailable(_ code: Code, _ detail: String, retryAfter seconds: Int) -> Problem {
        Problem(.serviceUnavailable, code, detail).with("Retry-After", "\(max(1, seconds))")
    }

    func reply(requestID: String) -> Reply {
        var json = JSONWriter()
        json.object { json in
            json.member("type", "about:blank")
            json.member("title", status.phrase)
            json.member("status", Int(status.rawValue))
            json.member("detail", detail)
            json.member("code", code.rawValue)
            json.member("request_id", requestID)
            if !fields.isEmpty { FieldFault.write(fields, to: &json) }
        }
        return Reply(status: status, contentType: Self.contentType, headers: headers, body: json.bytes)
    }
}
