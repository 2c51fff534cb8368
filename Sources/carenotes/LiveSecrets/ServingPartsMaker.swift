import Secrets

/// Makes what a replica answers with out of settings and secrets. What it shares outlives the secrets.
struct ServingPartsMaker: Sendable {
    let instance: Int
    let database: Database
    let gate: PasswordGate
    let limiter: RateLimiter
    let lists: ResidentListCache
    let trail: AuditTrail
    let counters = AccountCounters()
    let logger: Logger

    func make(_ settings: Settings, _ secrets: ReplicaSecrets) throws(ServeFailure) -> ServingParts {
        let replica = Replica(service: settings.name, instance: instance, generation: secrets.generation)
        guard let prepared = HealthReplies(replica) else { throw .internalError("there is no memory left") }
        let authenticator = Authenticator(issuer: settings.origin, signing: secrets.signing)
        limiter.use(settings.encryptionKey)
        lists.use(secrets.encryption)
        let accounts = Accounts(settings, secrets, database, gate, counters, replica: instance)
        logger.replace(
            common: [
                ("instance", .integer(replica.instance)), ("generation", .integer(replica.generation)),
            ], redactor: Redactor(settings, secrets))
        return ServingParts(
            replica: replica, prepared: prepared,
            rateGuard: RateGuard(limiter: limiter, authenticator: authenticator),
            dispatcher: Dispatcher(
                authenticator: authenticator,
                auth: AuthResource(accounts: accounts, trail: trail, logger: logger),
                users: UsersResource(
                    accounts: accounts, encryption: secrets.encryption, trail: trail, logger: logger),
                records: RecordsResource(
                    notes: NoteStore(database: database, encryption: secrets.encryption, replica: instance),
                    residents: ResidentStore(
                        database: database, encryption: secrets.encryption, lists: lists, replica: instance),
                    trail: trail, hash: RequestHash(encryption: secrets.encryption),
                    retentionDays: settings.retentionDays),
                audit: AuditResource(database: database, trail: trail), trail: trail))
    }
}
