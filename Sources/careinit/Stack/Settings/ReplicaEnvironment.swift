import EnvSchema

/// The `.env` of a carenotes replica.
enum ReplicaEnvironment {
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
