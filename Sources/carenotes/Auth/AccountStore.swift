import Secrets

/// Users of all organisations, each managed by its own administrators only.
struct AccountStore: Sendable {
    let accounts: AccountDatabase
    let attempts: LoginAttempts

    /// A user with what is stored of the password.
    struct Login: Sendable {
        var user: User
        var passwordHash: String

        init(_ result: QueryResult, row: Int) throws(PostgresError) {
            user = try User(result, row: row)
            passwordHash = try result.requiredText(row, 6)
        }
    }

    /// Counts an attempt with the address, and finds whose it is.
    ///
    /// - Throws: `tooManyAttempts` before anything is found.
    func beginLogin(email: String, _ keys: LoginAttempts.Keys) throws(AccountError) -> Login? {
        let begun = try accounts.transaction(in: .login(email)) {
            connection, deadline throws(PostgresError) -> Begun in
            if let wait = try LoginAttempts.begin(keys, on: connection, by: deadline) { return .refused(wait) }
            let found = try connection.execute(AccountSQL.findLogin, [.text(email)], by: deadline)
            return .counted(found.rowCount == 0 ? nil : try Login(found, row: 0))
        }
        switch begun {
        case .refused(let seconds): throw .tooManyAttempts(retryAfterSeconds: seconds)
        case .counted(let login): return login
        }
    }

    private enum Begun: Sendable {
        /// For so many seconds.
        case refused(Int)
        case counted(Login?)
    }

    /// The user behind an access token; nil where none is, as with a token that careinit made.
    func find(_ identity: Identity) throws(AccountError) -> Login? {
        try accounts.transaction(in: .organisation(identity.organisationID)) {
            connection, deadline throws(PostgresError) -> Login? in
            let found = try connection.execute(AccountSQL.find, Self.place(identity), by: deadline)
            return found.rowCount == 0 ? nil : try Login(found, row: 0)
        }
    }

    static func place(_ identity: Identity) -> [PostgresValue] {
        [.text(identity.organisationID), .text(identity.subjectID)]
    }
}

extension AccountStore {
    struct NewUser: Sendable {
        var id: String
        var email: EmailAddress
        var role: Role
    }

    /// Makes the user, or gives the one that an earlier request of the same id has made.
    func create(_ new: NewUser, passwordHash: String, by admin: Identity) throws(AccountError) -> Login {
        var created = AuditEvent(.account, by: admin).about(record: new.id)
        created.changed = "user,role,password"
        let event = created
        let outcome = try accounts.transaction(in: .organisation(admin.organisationID)) {
            connection, deadline throws(PostgresError) -> Outcome<Login> in
            guard try Self.isAdmin(admin, on: connection, by: deadline) else { return .refused }
            let made = try Self.insert(
                new, passwordHash: passwordHash, organisation: admin.organisationID, on: connection, by: deadline)
            if case .done(let login) = made {
                let isReplay = login.passwordHash != passwordHash
                try accounts.record(event.ending(isReplay ? "replayed" : "ok"), on: connection, by: deadline)
            }
            return made
        }
        return try outcome.value(orElse: .emailTaken)
    }

    /// The users in the order of their addresses, at most `limit` of those after one.
    func list(for admin: Identity, after email: String, limit: Int) throws(AccountError) -> [User] {
        let outcome = try accounts.transaction(in: .organisation(admin.organisationID)) {
            connection, deadline throws(PostgresError) -> Outcome<[User]> in
            guard try Self.isAdmin(admin, on: connection, by: deadline) else { return .refused }
            let result = try connection.execute(
                AccountSQL.list, [.text(admin.organisationID), .text(email), .integer(limit)], by: deadline)
            var users: [User] = []
            for row in 0..<result.rowCount {
                users.append(try User(result, row: row))
            }
            return .done(try attempts.locks(of: users, on: connection, by: deadline))
        }
        return try outcome.value(orElse: .noSuchUser)
    }

    struct Change: Sendable, Equatable {
        var id: String
        var role: Role?
        var isDisabled: Bool?
        var unlocks = false

        func event(by admin: Identity, setsPassword: Bool) -> AuditEvent {
            let fields = [
                role.map { _ in "role" }, isDisabled.map { _ in "disabled" }, unlocks ? "lock" : nil,
                setsPassword ? "password" : nil,
            ]
            var event = AuditEvent(.account, by: admin).about(record: id)
            event.changed = fields.compactMap { $0 }.joined(separator: ",")
            return event
        }
    }

    /// Changes a user of the administrator's organisation, all of it or nothing.
    func change(
        _ change: Change, passwordHash: String?, by admin: Identity
    ) throws(AccountError) -> User {
        let organisation = admin.organisationID
        let event = change.event(by: admin, setsPassword: passwordHash != nil)
        let outcome = try accounts.transaction(in: .organisation(admin.organisationID)) {
            connection, deadline throws(PostgresError) -> Outcome<User> in
            _ = try connection.execute(AccountSQL.lockOrganisation, [.text(organisation)], by: deadline)
            guard try Self.isAdmin(admin, on: connection, by: deadline) else { return .refused }
            let place: [PostgresValue] = [.text(organisation), .text(change.id)]
            guard try connection.execute(AccountSQL.find, place, by: deadline).rowCount > 0 else { return .none }
            let disables = change.isDisabled.map { $0 ? "true" : "false" } ?? ""
            let changed = try connection.execute(
                AccountSQL.change, place + [.text(change.role?.rawValue ?? ""), .text(disables)], by: deadline)
            guard changed.rowCount > 0 else { return .lastAdmin }
            try endSessions(change, passwordHash, organisation, on: connection, by: deadline)
            try accounts.record(event, on: connection, by: deadline)
            return .done(try changedUser(change, place, on: connection, by: deadline))
        }
        return try outcome.value(orElse: .noSuchUser)
    }

    private func endSessions(
        _ change: Change, _ passwordHash: String?, _ organisation: String, on connection: PostgresConnection,
        by deadline: Deadline
    ) throws(PostgresError) {
        if let passwordHash {
            _ = try connection.execute(
                AccountSQL.changePassword, [.text(organisation), .text(change.id), .text(passwordHash)],
                by: deadline)
        }
        guard passwordHash != nil || change.isDisabled == true else { return }
        try SessionStore.endAll(
            of: change.id, in: organisation, because: passwordHash == nil ? "disabled" : "password",
            on: connection,
            by: deadline)
    }

    private func changedUser(
        _ change: Change, _ place: [PostgresValue], on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> User {
        let user = try User(try connection.execute(AccountSQL.find, place, by: deadline), row: 0)
        if change.unlocks {
            try LoginAttempts.unlock(attempts.accounts(user.email), on: connection, by: deadline)
        }
        return try attempts.locks(of: [user], on: connection, by: deadline)[0]
    }
}

extension AccountStore {
    /// What a transaction found, which is no failure of the database.
    enum Outcome<Value: Sendable>: Sendable {
        case done(Value)
        case none
        case refused
        case lastAdmin

        func value(orElse error: AccountError) throws(AccountError) -> Value {
            switch self {
            case .done(let value): return value
            case .none: throw error
            case .refused: throw .notAllowed
            case .lastAdmin: throw .lastAdmin
            }
        }
    }

    /// `none` where another user has the address.
    static func insert(
        _ new: NewUser, passwordHash: String, organisation: String, on connection: PostgresConnection,
        by deadline: Deadline
    ) throws(PostgresError) -> Outcome<Login> {
        let place: [PostgresValue] = [.text(organisation), .text(new.id)]
        _ = try connection.execute(
            AccountSQL.create,
            place + [.text(new.email.text), .text(new.role.rawValue), .text(passwordHash)], by: deadline)
        let found = try connection.execute(AccountSQL.touch, place, by: deadline)
        return found.rowCount == 0 ? .none : .done(try Login(found, row: 0))
    }

    /// By the database, and not by a token of a quarter of an hour ago.
    private static func isAdmin(
        _ identity: Identity, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> Bool {
        try connection.execute(AccountSQL.isActiveAdmin, place(identity), by: deadline).rowCount > 0
    }
}
