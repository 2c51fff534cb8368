/// Why something about users and their sessions was not done.
enum AccountError: Error, Equatable, Sendable {
    /// Enough requests hash passwords already.
    case busy
    /// Too many attempts with this address, or from this place.
    case tooManyAttempts(retryAfterSeconds: Int)
    /// Wrong password, no such user, or one that may not log in: never said which.
    case wrongCredentials
    /// The refresh token is not the one that is valid; its session is over.
    ///
    /// `wasReused` where that ended it just now, of which the log should tell.
    case sessionOver(wasReused: Bool)
    /// The setup token was used.
    case setupUsed
    case weakPassword(field: String, PasswordRules.Objection)
    /// Another user has this address, of whichever organisation.
    case emailTaken
    case noSuchUser
    /// It would leave the organisation without anybody who can manage users.
    case lastAdmin
    /// The acting user is not there any more, or may not do this any more.
    case notAllowed
    /// The Idempotency-Key came before, with another user.
    case idempotencyKeyReused
    case records(RecordsError)
}

extension Problem {
    /// 401 with the challenge that it must have (RFC 9110 §11.6.1).
    static func unauthorized(_ code: Code, _ detail: String) -> Problem {
        Problem(.unauthorized, code, detail).with("WWW-Authenticate", "Bearer realm=\"carenotes\"")
    }

    init(_ error: AccountError) {
        switch error {
        case .busy:
            self = .unavailable(.overloaded, "Too many passwords are being checked.", retryAfter: 2)
        case .tooManyAttempts(let seconds):
            self = Problem(
                .tooManyRequests, .tooManyAttempts, "There were too many attempts. Try again in \(seconds) s."
            ).with("Retry-After", "\(max(1, seconds))")
        case .wrongCredentials:
            self = .unauthorized(.wrongCredentials, "The e-mail address or the password is wrong.")
        case .sessionOver:
            self = .unauthorized(.sessionOver, "The refresh token is not valid any more. Log in again.")
        case .setupUsed:
            self = .unauthorized(.setupUsed, "The setup token was used. careinit setup-token makes another.")
        case .weakPassword(let field, let objection):
            self.init(
                .unprocessableContent, .weakPassword, "\(field) \(objection.text).",
                fields: [FieldFault(field, objection.text)])
        case .emailTaken:
            self.init(
                .conflict, .emailTaken, "email is another user's.", fields: [FieldFault("email", "must be new")])
        case .noSuchUser: self.init(.notFound, .noSuchResource, "There is no such user.")
        case .lastAdmin:
            self.init(.conflict, .lastAdmin, "The organisation needs an admin: make another user one first.")
        case .notAllowed:
            self.init(.forbidden, .notAllowed, "The user may not do this, or may not any more.")
        case .idempotencyKeyReused:
            self.init(
                .unprocessableContent, .idempotencyKeyReused,
                "This Idempotency-Key came before, with another user.",
                fields: [FieldFault("Idempotency-Key", "must be new for a new request")])
        case .records(let error): self.init(error)
        }
    }
}
