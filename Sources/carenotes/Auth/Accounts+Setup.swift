import Secrets

extension Accounts {
    struct Setup: Sendable {
        var token: SetupToken
        var organisation: String
        var email: EmailAddress
        var password: GivenPassword
    }

    /// Makes an organisation, where it is not there yet, and an administrator in it.
    ///
    /// The same request again within a minute gives another session for the same user: the proxy may have sent it twice.
    func setUp(_ setup: Setup, origin: RequestOrigin, now: Int64) throws(AccountError) -> Session {
        try setup.password.check(field: "password", email: setup.email.text, names: [setup.organisation])
        let password = setup.password.secret
        return try gate.admit { () throws(AccountError) -> Session in
            let hash = try gate.hash(password).text
            let login = try burn(setup, id: try AccountDatabase.newID(), passwordHash: hash, origin)
            guard login.user.email == setup.email.text else { throw .setupUsed }
            if login.passwordHash != hash, try !gate.matches(password, stored: login.passwordHash) {
                throw .setupUsed
            }
            return try begin(login, succeeding: nil, origin: origin, now: now)
        }
    }

    private func burn(
        _ setup: Setup, id: String, passwordHash: String, _ origin: RequestOrigin
    ) throws(AccountError) -> AccountStore.Login {
        let new = AccountStore.NewUser(id: id, email: setup.email, role: .admin)
        var event = AuditEvent(.account, origin, organisationID: setup.token.organisation).about(record: id)
        event.changed = "user,role,password"
        let written = event
        let outcome = try sessions.accounts.transaction(in: .organisation(setup.token.organisation)) {
            connection, deadline throws(PostgresError) -> AccountStore.Outcome<AccountStore.Login> in
            let burnt = try Self.burn(setup, new, passwordHash: passwordHash, on: connection, by: deadline)
            if case .done(let login) = burnt, login.user.id == id {
                try sessions.accounts.record(written, on: connection, by: deadline)
            }
            return burnt
        }
        if case .refused = outcome { throw .setupUsed }
        return try outcome.value(orElse: .emailTaken)
    }

    /// `refused` where the token is used up, `none` where another user has the address; the token then stays good.
    private static func burn(
        _ setup: Setup, _ new: AccountStore.NewUser, passwordHash: String, on connection: PostgresConnection,
        by deadline: Deadline
    ) throws(PostgresError) -> AccountStore.Outcome<AccountStore.Login> {
        let organisation = setup.token.organisation
        let mark: [PostgresValue] = [.text(organisation), .bytes(setup.token.digest), .text(new.id)]
        let burnt = try connection.execute(AccountSQL.burn, mark, by: deadline)
        let owner = try burnt.requiredText(0, 0)
        guard owner == new.id else {
            guard try burnt.requiredText(0, 1) == "true" else { return .refused }
            let found = try connection.execute(
                AccountSQL.touch, [.text(organisation), .text(owner)], by: deadline)
            return found.rowCount == 0 ? .refused : .done(try AccountStore.Login(found, row: 0))
        }
        _ = try connection.execute(
            AccountSQL.createOrganisation, [.text(organisation), .text(setup.organisation)], by: deadline)
        let made = try AccountStore.insert(
            new, passwordHash: passwordHash, organisation: organisation, on: connection, by: deadline)
        if case .none = made { _ = try connection.execute(AccountSQL.unburn, mark, by: deadline) }
        return made
    }
}
