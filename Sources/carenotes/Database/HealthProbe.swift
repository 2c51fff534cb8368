/// Logs in to every server at the same time, with the credentials that the pools use, and out again.
struct HealthProbe {
    let options: ConnectionOptions
    let hosts: [String]

    func run(within limit: Duration) -> DatabaseHealth {
        let deadline = Deadline(in: limit)
        let attempts = hosts.map { ConnectionAttempt(host: $0, options: options, by: deadline) }
        while attempts.contains(where: \.isConnecting) { ConnectionAttempt.advance(attempts, until: deadline) }
        var left = attempts.count
        return DatabaseHealth(
            servers: attempts.map { attempt in
                // Each its share of the time: one that stalls after its login must not cost the others theirs.
                defer { left -= 1 }
                return Self.health(attempt, by: Deadline(in: deadline.remaining / left))
            })
    }

    private static func health(_ attempt: ConnectionAttempt, by deadline: Deadline) -> ServerHealth {
        let role = attempt.connection?.role
        return ServerHealth(
            host: attempt.host, role: role, latency: role == nil ? nil : attempt.latency, failure: attempt.failure,
            replication: attempt.connection.flatMap { ReplicationFacts($0, by: deadline) })
    }
}
