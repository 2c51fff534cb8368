import Transport

/// Asks one service whether it does its work. Blocks two seconds at most.
enum HealthProbe {
    static let timeout: Duration = .seconds(2)

    static func check(_ service: ServicePlan) -> ProbeResult {
        switch service.health {
        case .http(let address, let port, let path):
            get("http://\(Address.withPort(address, port))\(path)", connectingTo: nil, trust: .system)
        case .https(let address, let port, let path, let name, let trust):
            get(
                "https://\(Address.withPort(name, port))\(path)",
                connectingTo: .tcp(host: address, port: port), trust: trust.map(Trust.file) ?? .system)
        case .patroniMember(let address, let port):
            get("http://\(Address.withPort(address, port))/health", connectingTo: nil, trust: .system)
        case .redis(let address, let port, let passwordFile, let user):
            RedisProbe(address: address, port: port, passwordFile: passwordFile, user: user).check()
        case .listening:
            listening(service.listeners)
        }
    }

    private static func get(_ url: String, connectingTo endpoint: Endpoint?, trust: Trust) -> ProbeResult {
        do {
            let reply = try HTTPClient.request(
                "GET", url, timeout: timeout, trust: trust, connectingTo: endpoint)
            return reply.isSuccess ? .healthy : .unhealthy("\(url) answers \(reply.status)")
        } catch {
            return .unhealthy("\(url): \(error.reason)")
        }
    }

    private static func listening(_ listeners: [Listener]) -> ProbeResult {
        for listener in listeners
        where !TCP.isListening(listener.address, port: listener.port, timeout: timeout) {
            return .unhealthy("nothing listens on \(Address.withPort(listener.address, listener.port))")
        }
        return .healthy
    }
}
