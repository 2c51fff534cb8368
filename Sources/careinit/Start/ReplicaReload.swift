import FoundationEssentials
import Transport

/// Waits until a replica of carenotes says that it runs with the files of a generation.
enum ReplicaReload {
    /// How long a replica may take to read and to try its files: connections to the database are part of it.
    static let timeout: Duration = .seconds(60)

    /// - Throws: exit code 69 where it does not come to say so; it then goes on with what it had.
    static func wait(
        for replica: ServicePlan, generation: Int, signals: TerminationSignals, timeout: Duration = timeout
    ) throws(CommandFailure) {
        let deadline = ContinuousClock.now + timeout
        while true {
            let seen = Self.generation(of: replica)
            if let seen, seen >= generation { return }
            guard ContinuousClock.now < deadline else {
                throw CommandFailure(
                    .unavailable, "\(replica.name) did not take its new settings, and goes on with the old ones",
                    why: seen.map { "it runs with generation \($0), not \(generation)" } ?? "it does not answer",
                    fix: "careinit logs \(replica.name) says why")
            }
            if !signals.sleep(.milliseconds(50)) { throw .interrupted(signals) }
        }
    }

    private struct Answer: Decodable { var generation: Int }

    /// What it says; nil where it does not answer. One that is not ready says it, too.
    static func generation(of replica: ServicePlan) -> Int? {
        guard case .http(let address, let port, let path) = replica.health else { return nil }
        let url = "http://\(Address.withPort(address, port))\(path)"
        guard let reply = try? HTTPClient.get(url, timeout: HealthProbe.timeout) else { return nil }
        return (try? JSONDecoder().decode(Answer.self, from: Data(reply.body)))?.generation
    }
}

extension ServicePlan {
    /// Whether it is one of the replicas of carenotes.
    var isReplica: Bool { name.hasPrefix("app-") }
}
