import Secrets

/// What PostgreSQL is given in place of passwords (RFC 5803).
struct RoleVerifiers: Sendable, Equatable {
    var monitor: String
    var login: String

    /// The same passwords give the same verifiers, so that a plan without changes has none.
    ///
    /// - Throws: `SecretsError` for a password that is not printable ASCII.
    init(secrets: InternalSecrets, login password: String) throws(SecretsError) {
        monitor = try Self.verifier(of: secrets.monitorPassword, role: "monitor", salt: secrets.salt)
        login = try Self.verifier(of: password, role: "login", salt: secrets.salt)
    }

    private static func verifier(of password: String, role: String, salt: String) throws(SecretsError) -> String {
        let salt = Array(Digest.sha256("\(salt) \(role)").prefix(SCRAM.saltLength))
        return try SCRAM.verifier(password: SecretBytes(password), salt: salt)
    }
}
