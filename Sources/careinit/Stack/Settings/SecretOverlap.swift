/// What services accept beside the secrets of the `.env`, while these are being changed.
struct SecretOverlap: Sendable, Equatable {
    struct Login: Sendable, Equatable {
        var name: String
        var password: String
    }

    /// Keys that carenotes also takes tokens of.
    var signingKeys: [String] = []
    var refreshKeys: [String] = []
    /// Keys that carenotes also opens stored notes with: 64 hexadecimal digits each.
    var encryptionKeys: [String] = []
    var cacheLogins: [Login] = []
    /// Passwords with which the exporters may log in to Redis, too.
    var monitorPasswords: [String] = []
    /// Passwords with which careinit may log in to Redis, too.
    var administratorPasswords: [String] = []
    /// Names of authorities whose certificates etcd and its clients take, too.
    var etcdAuthorities: [String] = []
    /// The role with which standbys follow the primary.
    var replicator = Replicators.first

    /// carenotes' keys file: no setting of the operator's, and nothing that a `.env` could say.
    func keysFile(generation: Int) -> [UInt8] {
        let values = [
            "GENERATION": "\(generation)", "JWT_SECRET_ALSO": signingKeys.joined(separator: ","),
            "JWT_REFRESH_SECRET_ALSO": refreshKeys.joined(separator: ","),
            "ENCRYPTION_KEY_ALSO": encryptionKeys.joined(separator: ","),
        ]
        return KeyValueFile.bytes(values, comment: "This generation, and the keys accepted beside those of .env.")
    }
}

/// The two roles of PostgreSQL that a standby may follow with: one is active, a rotation moves to the other.
enum Replicators {
    static let first = "replicator"
    static let second = "replicator_b"
    static let all = [first, second]

    static func other(than role: String) -> String { role == first ? second : first }
}
