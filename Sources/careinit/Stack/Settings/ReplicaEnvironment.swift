import EnvSchema

/// The `.env` of a carenotes replica.
enum ReplicaEnvironment {
    /// What carenotes takes anew on SIGHUP.
    static let reloaded = [
        "DB_USERNAME", "DB_PASSWORD", "REDIS_USERNAME", "REDIS_PASSWORD", "JWT_SECRET", "JWT_REFRESH_SECRET",
        "ENCRYPTION_KEY",
    ]

    /// The same file with these values empty: what differs in it needs a restart.
    static func withoutReloaded(_ bytes: [UInt8]) -> [UInt8] {
        var document = EnvDocument(parsing: bytes)
        for name in reloaded where document.value(of: name) != nil { document.set(name, to: "") }
        return document.bytes
    }

    /// Only what carenotes reads, resolved: no defaults, references or comments are left.
    ///
    /// - Parameters:
    ///   - configuration: The whole `.env`.
    ///   - replacing: Values in place of those of the `.env`, by variable.
    /// - Returns: The bytes of the replica's own.
    /// - Throws: `ConfigurationError` only where the template and this reader disagree.
    static func render(
        _ configuration: Configuration, replacing: [String: String] = [:]
    ) throws(ConfigurationError) -> [UInt8] {
        var document = EnvDocument(parsing: [])
        for variable in configuration.schema.restricted(to: "carenotes").variables {
            let own = try configuration.optional(variable.name)
            if let value = replacing[variable.name] ?? own { document.set(variable.name, to: value) }
        }
        return document.bytes
    }
}
