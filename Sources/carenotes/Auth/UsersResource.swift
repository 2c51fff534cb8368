import Secrets

/// `/api/users`: the users of an organisation, for its administrators.
struct UsersResource: Sendable {
    let accounts: Accounts
    let trail: AuditTrail
    let logger: Logger

    typealias Work = Dispatcher.Work

    /// Makes the id of a new user out of an idempotency key.
    private let idKeys: KeyRing

    init(accounts: Accounts, encryption: KeyRing, trail: AuditTrail, logger: Logger) {
        self.accounts = accounts
        self.trail = trail
        self.logger = logger
        idKeys = encryption.derived("carenotes user id")
    }

    func create(_ asked: Asked) throws(Problem) -> Work {
        let (request, admin) = (asked.request, asked.identity)
        let key = try IdempotencyKey.text(request.headers)
        let body = try AccountBody(request, allowing: ["email", "password", "role"])
        guard let role = try body.optionalRole("role") else { throw AccountBody.field("role", "is missing.") }
        let ids = idKeys.all.map { id(key, admin, $0) }
        let new = AccountStore.NewUser(id: ids[0], email: try body.email("email"), role: role)
        let password = try body.password("password")
        return AccountReply.answering(request.id, logger, accounts.counters) { () throws(AccountError) -> Reply in
            let (user, isReplay) = try create(new, earlierIDs: Array(ids.dropFirst()), password, admin)
            let reply = Self.reply(.created, user)
            return isReplay ? reply.with("Idempotent-Replayed", "true") : reply
        }
    }

    private func create(
        _ new: AccountStore.NewUser, earlierIDs: [String], _ password: GivenPassword, _ admin: Identity
    ) throws(AccountError) -> (User, isReplay: Bool) {
        try password.check(field: "password", email: new.email.text)
        var new = new
        for id in earlierIDs {
            let known = Identity(organisationID: admin.organisationID, subjectID: id, role: new.role)
            // The same key came before, under another ENCRYPTION_KEY.
            if try accounts.store.find(known) != nil { new.id = id }
        }
        return try create(new, password, admin)
    }

    private func create(
        _ new: AccountStore.NewUser, _ password: GivenPassword, _ admin: Identity
    ) throws(AccountError) -> (User, isReplay: Bool) {
        return try accounts.gate.admit { () throws(AccountError) -> (User, isReplay: Bool) in
            let hash = try accounts.gate.hash(password.secret).text
            let login = try accounts.store.create(new, passwordHash: hash, by: admin)
            if login.passwordHash == hash { return (login.user, false) }
            guard login.user.email == new.email.text,
                try accounts.gate.matches(password.secret, stored: login.passwordHash)
            else { throw .idempotencyKeyReused }
            return (login.user, true)
        }
    }

    func list(_ asked: Asked) throws(Problem) -> Work {
        let (request, admin) = (asked.request, asked.identity)
        var fields = QueryFields(request)
        let limit = fields.limit()
        let after = fields.parsed("cursor", "must be the `next` of a page") { text in
            Base64URL.decode(text.utf8).flatMap { EmailAddress(String(decoding: $0, as: UTF8.self)) }
        }
        do throws(Problem) {
            try fields.end()
        } catch {
            throw error.fields.contains { $0.field == "cursor" } ? Problem(RecordsError.invalidCursor) : error
        }
        return {
            // One more than asked for tells whether anything follows.
            let users = try accounts.store.list(for: admin, after: after?.text ?? "", limit: limit + 1)
            let page = Array(users.prefix(limit))
            return try trail.showing(
                Self.page(page, hasMore: users.count > limit), asked.event.about(count: page.count))
        }
    }

    func change(_ asked: Asked) throws(Problem) -> Work {
        let (request, admin) = (asked.request, asked.identity)
        let body = try AccountBody(request, allowing: ["id", "role", "disabled", "unlock", "password"])
        var change = AccountStore.Change(id: try body.identifier("id"))
        change.role = try body.optionalRole("role")
        change.isDisabled = try body.optionalFlag("disabled")
        change.unlocks = try body.optionalFlag("unlock") ?? false
        let password = try body.optionalPassword("password")
        return AccountReply.answering(request.id, logger, accounts.counters) {
            [change] () throws(AccountError) -> Reply in
            guard let password else {
                return Self.reply(.ok, try accounts.store.change(change, passwordHash: nil, by: admin))
            }
            let of = Identity(organisationID: admin.organisationID, subjectID: change.id, role: .carer)
            guard let user = try accounts.store.find(of)?.user else { throw .noSuchUser }
            try password.check(field: "password", email: user.email)
            return try accounts.gate.admit { () throws(AccountError) -> Reply in
                let hash = try accounts.gate.hash(password.secret).text
                return Self.reply(.ok, try accounts.store.change(change, passwordHash: hash, by: admin))
            }
        }
    }

    /// A UUID (RFC 9562, version 8) that the same administrator gets for the same key again.
    private func id(_ key: String, _ admin: Identity, _ idKey: SecretBytes) -> String {
        let text = "\(admin.organisationID)\n\(admin.subjectID)\n\(key)"
        var bytes = Array(Digest.hmacSHA256(key: idKey, Array(text.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hex.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }

    private static func reply(_ status: Status, _ user: User) -> Reply {
        var json = JSONWriter()
        user.write(to: &json)
        return .json(status, json.bytes)
    }

    private static func page(_ users: [User], hasMore: Bool) -> Reply {
        var json = JSONWriter()
        json.object { json in
            json.name("users")
            json.array { json in for user in users { user.write(to: &json) } }
            json.member("next", hasMore ? users.last.map { Base64URL.encode(Array($0.email.utf8)) } : nil)
        }
        return .json(.ok, json.bytes)
    }
}
