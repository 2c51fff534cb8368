import Secrets

@testable import carenotes

// What most tests have: one key, and no other beside it.

extension NoteStore {
    convenience init(database: Database, encryptionKey: SecretBytes, replica: Int = 0) {
        self.init(database: database, encryption: KeyRing(encryptionKey), replica: replica)
    }
}

extension ResidentStore {
    convenience init(
        database: Database, encryptionKey: SecretBytes, lists: ResidentListCache? = nil, replica: Int = 0
    ) {
        self.init(database: database, encryption: KeyRing(encryptionKey), lists: lists, replica: replica)
    }
}

extension ResidentListCache {
    convenience init(_ cache: Cache, encryptionKey: SecretBytes, time: Duration) {
        self.init(cache, encryption: KeyRing(encryptionKey), time: time)
    }
}

extension RecordSeal {
    init(key: SecretBytes) { self.init(KeyRing(key)) }
}

extension NoteSeal {
    init(key: SecretBytes) { self.init(KeyRing(key)) }
}

extension RequestHash {
    init(encryptionKey: SecretBytes) { self.init(encryption: KeyRing(encryptionKey)) }
}

extension LoginAttempts {
    init(encryptionKey: SecretBytes) { self.init(encryption: KeyRing(encryptionKey)) }
}

extension Authenticator {
    init(issuer: String, signingKey: SecretBytes) { self.init(issuer: issuer, signing: KeyRing(signingKey)) }
}

extension TokenIssuer {
    init(
        issuer: String, signingKey: SecretBytes, refreshKey: SecretBytes, accessLifetime: Int64,
        refreshLifetime: Int64
    ) {
        self.init(
            issuer: issuer, signing: KeyRing(signingKey), refreshing: KeyRing(refreshKey),
            accessLifetime: accessLifetime, refreshLifetime: refreshLifetime)
    }
}

extension UsersResource {
    init(accounts: Accounts, encryptionKey: SecretBytes, trail: AuditTrail, logger: Logger) {
        self.init(accounts: accounts, encryption: KeyRing(encryptionKey), trail: trail, logger: logger)
    }
}
