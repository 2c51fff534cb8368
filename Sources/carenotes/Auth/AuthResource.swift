import Secrets

/// `/api/auth/…`: sessions of users. None of it needs an Idempotency-Key: a request that comes twice does no more than once,
/// or begins a second session.
struct AuthResource: Sendable {
    let accounts: Accounts
    let trail: AuditTrail
    let logger: Logger

    typealias Work = Dispatcher.Work

    func setUp(_ request: Request, _ now: Int64) throws(Problem) -> Work {
        let body = try AccountBody(request, allowing: ["setup_token", "organisation", "email", "password"])
        let setup = Accounts.Setup(
            token: try accounts.tokens.setupToken(
                try body.text("setup_token", upTo: AccountBody.longestToken), now: now),
            organisation: try body.text("organisation", upTo: AccountBody.longestName),
            email: try body.email("email"),
            password: try body.password("password"))
        let origin = RequestOrigin(request)
        return answer(request) { () throws(AccountError) -> Reply in
            Self.reply(.created, try accounts.setUp(setup, origin: origin, now: now))
        }
    }

    func logIn(_ request: Request, _ now: Int64) throws(Problem) -> Work {
        let body = try AccountBody(request, allowing: ["email", "password"])
        let (email, password) = (try body.email("email"), try body.password("password"))
        let (source, origin) = (ClientAddress.source(request.headers), RequestOrigin(request))
        return answer(request, as: .loggedIn) { () throws(AccountError) -> Reply in
            let session = try accounts.logIn(
                email: email, password: password, from: source, origin: origin, now: now)
            return Self.reply(.ok, session)
        }
    }

    func refresh(_ request: Request, _ now: Int64) throws(Problem) -> Work {
        let body = try AccountBody(request, allowing: ["refresh_token"])
        let token = try accounts.tokens.refreshToken(
            try body.text("refresh_token", upTo: AccountBody.longestToken), now: now)
        let origin = RequestOrigin(request)
        return answer(request, as: .refreshed) { () throws(AccountError) -> Reply in
            var json = JSONWriter()
            let pair = try accounts.refresh(token, origin: origin, now: now)
            json.object { Self.write(pair, to: &$0) }
            return .json(.ok, json.bytes)
        }
    }

    func logOut(_ request: Request, _ now: Int64) throws(Problem) -> Work {
        let body = try AccountBody(request, allowing: ["refresh_token", "everywhere"])
        let token = try accounts.tokens.refreshToken(
            try body.text("refresh_token", upTo: AccountBody.longestToken), now: now
        ).token
        let everywhere = try body.optionalFlag("everywhere") ?? false
        let origin = RequestOrigin(request)
        return answer(request) { () throws(AccountError) -> Reply in
            try accounts.sessions.end(token, everywhere: everywhere, origin: origin)
            return .empty
        }
    }

    func changePassword(_ asked: Asked) throws(Problem) -> Work {
        let (request, identity, now) = (asked.request, asked.identity, asked.now)
        let body = try AccountBody(request, allowing: ["current_password", "new_password"])
        let (old, new) = (try body.password("current_password"), try body.password("new_password"))
        let source = ClientAddress.source(request.headers)
        return answer(request) { () throws(AccountError) -> Reply in
            let session = try accounts.changePassword(identity, from: old, to: new, source: source, now: now)
            return Self.reply(.ok, session)
        }
    }

    /// Without a user behind the token, as with one of careinit's, what the token says is all there is.
    func showMe(_ asked: Asked) throws(Problem) -> Work {
        let identity = asked.identity
        return {
            var json = JSONWriter()
            if let user = try accounts.store.find(identity)?.user {
                user.write(to: &json)
            } else {
                json.object { json in
                    json.member("id", identity.subjectID)
                    json.member("organisation_id", identity.organisationID)
                    json.member("email", nil as String?)
                    json.member("role", identity.role.rawValue)
                }
            }
            return try trail.showing(
                .json(.ok, json.bytes), asked.event.about(record: identity.subjectID))
        }
    }

    private static func reply(_ status: Status, _ session: Accounts.Session) -> Reply {
        var json = JSONWriter()
        json.object { json in
            write(session.tokens, to: &json)
            json.name("user")
            session.user.write(to: &json)
        }
        return .json(status, json.bytes)
    }

    /// As RFC 6749 §5.1 names them.
    private static func write(_ pair: TokenIssuer.Pair, to json: inout JSONWriter) {
        json.member("access_token", pair.access)
        json.member("token_type", "Bearer")
        json.member("expires_in", Int(pair.accessLifetime))
        json.member("refresh_token", pair.refresh)
        json.member("refresh_expires_in", Int(pair.refreshLifetime))
    }

    private func answer(
        _ request: Request, as event: AccountCounters.Event? = nil,
        _ body: @escaping @Sendable () throws(AccountError) -> Reply
    ) -> Work {
        AccountReply.answering(request.id, logger, accounts.counters, as: event, body)
    }
}
