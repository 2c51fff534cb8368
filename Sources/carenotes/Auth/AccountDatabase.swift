import Secrets

/// Where users and sessions are kept: transactions on the primary, since a password that was just changed on it must not
/// open anything at a standby that has not heard of it.
struct AccountDatabase: Sendable {
    let database: Database

    /// Runs `body` in one transaction, again from its start where a failover ends it.
    func transaction<Value>(
        _ body: (PostgresConnection, Deadline) throws(PostgresError) -> Value
    ) throws(AccountError) -> Value {
        do throws(RecordsError) {
            return try database.writes.perform { connection, deadline throws(PostgresError) in
                try connection.transaction(by: deadline) { () throws(PostgresError) in
                    try body(connection, deadline)
                }
            }
        } catch {
            throw .records(error)
        }
    }

    static func newID() throws(AccountError) -> String {
        do throws(SecretsError) { return try SecretGenerator.uuid() } catch { throw .records(.internalFailure) }
    }
}
