import EnvSchema

/// The `.env` of a carenotes replica.
enum ReplicaEnvironment {
    /// Only what carenotes reads, resolved: no defaults, references or comments are left.
    static func render(_ configuration: Configuration) throws(ConfigurationError) -> [UInt8] {
        var document = EnvDocument(parsing: [])
        for variable in configuration.schema.restricted(to: "carenotes").variables {
            if let value = try configuration.optional(variable.name) { document.set(variable.name, to: value) }
        }
        return document.bytes
    }
}
