import Secrets

extension Accounts {
    init(_ settings: Settings, _ database: Database, replica: Int) throws(ServeFailure) {
        let accountDatabase = AccountDatabase(database: database, replica: replica)
        store = AccountStore(
            accounts: accountDatabase, attempts: LoginAttempts(encryptionKey: settings.encryptionKey))
        sessions = SessionStore(accounts: accountDatabase)
        tokens = TokenIssuer(
            issuer: settings.origin, signingKey: settings.signingKey, refreshKey: settings.refreshKey,
            accessLifetime: settings.tokenLifetime.components.seconds,
            refreshLifetime: settings.refreshLifetime.components.seconds)
        do throws(SecretsError) {
            gate = try PasswordGate()
        } catch {
            throw .internalError("OpenSSL gives no random bytes")
        }
    }
}
