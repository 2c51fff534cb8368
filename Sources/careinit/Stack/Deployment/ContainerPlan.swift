/// What a container needs beside what every service has. Holds no secret.
struct ContainerPlan: Sendable, Equatable, Codable {
    var image: String
    /// What Docker calls the image's contents; nil where nobody looked.
    var imageIdentifier: String?
    /// uid and gid, the same number.
    var user: Int
    /// In the private network.
    var address: String
    var mounts: [Mount]
    /// Whether the service keeps data; else its folder is gone with the container.
    var hasVolume: Bool
    /// Who must be healthy before it starts, where somebody starts it by hand.
    var needs: [String]
    var limits: Limits
    /// argv of the check that Docker makes in the container.
    var healthTest: [String]
    /// Started only where it is asked for by name.
    var isOptional = false

    struct Mount: Sendable, Equatable, Codable {
        /// On this machine; relative to the Compose file in files that were only rendered.
        var source: String
        var target: String
    }

    /// What a service may take of the machine.
    struct Limits: Sendable, Equatable, Codable {
        var mebibytes: Int
        var processors: String
        var processes: Int
    }

    // MARK: - Places in a container

    static let configuration = "/etc/careinit"
    /// What services read without being restarted.
    static let generations = "/etc/careinit/generations"
    static let data = "/var/lib/careinit"
    static let run = "/run/careinit"
    static let challenges = "/srv/acme"

    static func user(of service: String) -> Int {
        let user: ServiceUser =
            switch service {
            case "etcd": .etcd
            case "redis": .redis
            case "nginx": .nginx
            case "grafana": .grafana
            case let name where name.hasPrefix("pg-exporter-"): .prometheus
            case let name where name.hasPrefix("pg-"): .postgres
            case let name where name.hasPrefix("app-"): .carenotes
            default: .prometheus
            }
        return user.containerIdentifier
    }
}

extension ServicePlan {
    /// What it listens on that other programs of this machine could hold.
    var hostListeners: [Listener] {
        guard let container else { return listeners }
        let network = ContainerNetwork(holding: container.address)
        return listeners.filter { !network.holds($0.address) }
    }
}
