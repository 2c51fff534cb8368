import Secrets

/// The keys of one generation: those of the settings, and those of `keys.env` that are accepted beside them.
struct ReplicaSecrets: Sendable, Equatable {
    var generation: Int
    /// Of access and setup tokens.
    var signing: KeyRing
    /// Of refresh tokens.
    var refreshing: KeyRing
    /// Of what is sealed in the database, and of what is kept there as a keyed hash.
    var encryption: KeyRing

    init(_ settings: Settings, _ keys: KeysFile) {
        generation = keys.generation
        signing = KeyRing(settings.signingKey, also: keys.signing)
        refreshing = KeyRing(settings.refreshKey, also: keys.refreshing)
        encryption = KeyRing(settings.encryptionKey, also: keys.encryption)
    }
}

extension Settings {
    /// These settings with the secrets of others: what a running replica can take of them.
    func takingSecrets(of other: Settings) -> Settings {
        var settings = self
        settings.signingKey = other.signingKey
        settings.refreshKey = other.refreshKey
        settings.encryptionKey = other.encryptionKey
        settings.database.user = other.database.user
        settings.database.password = other.database.password
        settings.redis.user = other.redis.user
        settings.redis.password = other.redis.password
        return settings
    }

}

extension Redactor {
    /// Keeps out of the log what a replica knows, keys also as the variable has them.
    init(_ settings: Settings, _ secrets: ReplicaSecrets) {
        let keys = secrets.encryption.all.flatMap { key in
            let text = key.withBytes { Hex.encode(Array($0)) }
            return [key, SecretBytes(text), SecretBytes(text.uppercased())]
        }
        self.init(
            secrets.signing.all + secrets.refreshing.all + keys
                + [settings.database.password, settings.redis.password])
    }
}
