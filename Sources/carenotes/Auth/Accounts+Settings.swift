import Secrets

extension Accounts {
    /// `gate` and `counters` outlive the secrets.
    init(
        _ settings: Settings, _ secrets: ReplicaSecrets, _ database: Database, _ gate: PasswordGate,
        _ counters: AccountCounters, replica: Int
    ) {
        let accountDatabase = AccountDatabase(database: database, replica: replica)
        store = AccountStore(
            accounts: accountDatabase, attempts: LoginAttempts(encryption: secrets.encryption))
        sessions = SessionStore(accounts: accountDatabase)
        tokens = TokenIssuer(
            issuer: settings.origin, signing: secrets.signing, refreshing: secrets.refreshing,
            accessLifetime: settings.tokenLifetime.components.seconds,
            refreshLifetime: settings.refreshLifetime.components.seconds)
        self.gate = gate
        self.counters = counters
    }
}
