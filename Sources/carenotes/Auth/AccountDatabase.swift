import Secrets

/// Where users and sessions are kept: transactions on the primary, since a password that was just changed on it must not
/// open anything at a standby that has not heard of it.
struct AccountDatabase: Sendable {
    let database: Database
    /// The number of this one, for the audit trail.
    var replica = 0

    /// Whose rows a transaction may see: the policies of row-level security ask for it.
    enum Scope: Sendable {
        case organisation(String)
        /// Who logs in says an address of mail and no organisation: that one user's row, of whichever.
        case login(String)

        fileprivate var setting: [PostgresValue] {
            switch self {
            case .organisation(let id): [.text("carenotes.organisation"), .text(id)]
            case .login(let email): [.text("carenotes.login"), .text(email)]
            }
        }
    }

    private static let setScope = Statement(
        name: "set-scope", text: "SELECT set_config($1, $2, true)")

    /// Runs `body` in one transaction, again from its start where a failover ends it.
    func transaction<Value>(
        in scope: Scope, _ body: (PostgresConnection, Deadline) throws(PostgresError) -> Value
    ) throws(AccountError) -> Value {
        do throws(RecordsError) {
            return try database.writes.perform { connection, deadline throws(PostgresError) in
                try connection.transaction(by: deadline) { () throws(PostgresError) -> Value in
                    _ = try connection.execute(Self.setScope, scope.setting, by: deadline)
                    return try body(connection, deadline)
                }
            }
        } catch {
            throw .records(error)
        }
    }

    /// Writes the event in the transaction that does what it tells of.
    func record(
        _ event: AuditEvent, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) {
        let call = event.call(replica: replica)
        _ = try connection.execute(call.statement, call.values, by: deadline)
    }

    /// Writes an event that changes nothing else, such as a login that failed.
    func record(_ event: AuditEvent) throws(AccountError) {
        try transaction(in: .organisation(event.organisationID)) { connection, deadline throws(PostgresError) in
            try record(event, on: connection, by: deadline)
        }
    }

    static func newID() throws(AccountError) -> String {
        do throws(SecretsError) { return try SecretGenerator.uuid() } catch { throw .records(.internalFailure) }
    }
}
