extension ServicePlan {
    /// What makes psql(1) and patronictl(1) ask this member, as superuser, without an option: places only, no secret. Empty
    /// for every other service.
    ///
    /// - Parameters:
    ///   - files: Where the member's rendered files lie, for a program beside it.
    ///   - sockets: Where its PostgreSQL's socket lies.
    /// - Returns: Variables of the environment (libpq, "Environment Variables").
    func clientEnvironment(files: String, sockets: String) -> [String: String] {
        guard case .patroniMember = health else { return [:] }
        return [
            "PGHOST": sockets, "PGPORT": "\(listeners.first?.port ?? 5432)", "PGUSER": "postgres",
            "PGDATABASE": "postgres", "PATRONICTL_CONFIG_FILE": "\(files)/patroni.yml",
        ]
    }
}
