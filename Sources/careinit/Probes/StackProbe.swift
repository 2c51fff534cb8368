/// One look at every service of a stack at once.
struct StackProbe: Sendable {
    var results: [String: ProbeResult]
    var cluster: DatabaseCluster

    /// Asks all services at the same time; takes as long as the slowest, two seconds at most.
    static func run(_ services: [ServicePlan]) -> StackProbe {
        let answers = Parallel.map(services) { service -> (ServicePlan, ProbeResult?, PatroniStatus?) in
            if case .patroniMember(let address, let port) = service.health {
                return (service, nil, PatroniStatus.read(address: address, port: port))
            }
            return (service, HealthProbe.check(service), nil)
        }
        let members = answers.filter(\.0.isDatabaseMember).map { (name: $0.0.name, status: $0.2) }
        let cluster = DatabaseCluster(members)
        var results: [String: ProbeResult] = [:]
        for (service, result, _) in answers { results[service.name] = result ?? cluster.result(service.name) }
        return StackProbe(results: results, cluster: cluster)
    }

    func isHealthy(_ service: String) -> Bool { results[service]?.isHealthy == true }
}

extension ServicePlan {
    var isDatabaseMember: Bool { if case .patroniMember = health { true } else { false } }
}
