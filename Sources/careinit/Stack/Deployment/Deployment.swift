/// What differs between the ways in which one plan is carried out: where services are reached, where they find their files,
/// and who they are. Everything else about a service stands once, in its file in `Services/`.
enum Deployment: Sendable, Equatable {
    /// Processes of this machine, all on loopback, which see its files where they lie.
    case native
    /// One container each, with an address of its own and only its own files.
    case compose(ContainerNetwork)

    var runtime: RuntimeKind {
        switch self {
        case .native: .native
        case .compose: .compose
        }
    }

    /// The network of the containers; nil natively.
    var network: ContainerNetwork? {
        if case .compose(let network) = self { return network }
        return nil
    }

    /// The settings as the services of this deployment need them: natively the `.env` says where members and Redis listen.
    func applied(to settings: StackSettings) -> StackSettings {
        guard let network else { return settings }
        var settings = settings
        for index in settings.database.members.indices {
            settings.database.members[index].address = network.address(settings.database.members[index].name)
        }
        settings.redis.address = network.address("redis")
        return settings
    }

    /// The variables of a replica's `.env` that this deployment decides.
    func replicaVariables(_ settings: StackSettings) -> [String: String] {
        guard network != nil else { return [:] }
        var variables = ["REDIS_HOST": applied(to: settings).redis.address]
        for member in applied(to: settings).database.members { variables[member.variable] = member.address }
        return variables
    }
}

/// The private network of the containers (a /24), in which every service has the same address for good: what is recreated
/// is found again without anybody's resolver or reload.
struct ContainerNetwork: Sendable, Equatable {
    /// The first three numbers, such as `10.213.7`.
    let prefix: String

    /// The last number of each service's address. 1 is the machine itself.
    private static let hosts: [String: Int] = [
        "etcd": 10, "redis": 20, "pg-1": 31, "pg-2": 32, "pg-3": 33, "app-1": 41, "app-2": 42, "app-3": 43,
        "nginx": 50, "prometheus": 60, "alertmanager": 61, "grafana": 62, "node-exporter": 70,
        "pg-exporter-1": 71, "pg-exporter-2": 72, "pg-exporter-3": 73, "redis-exporter": 74,
    ]

    /// Every service that a container may run.
    static var services: [String] { hosts.keys.sorted() }

    /// - Parameter address: Any IPv4 address of the network.
    init(holding address: String) {
        prefix = address.split(separator: ".").prefix(3).joined(separator: ".")
    }

    var subnet: String { "\(prefix).0/24" }
    /// Docker gives addresses to whoever has none out of here: nobody of this stack.
    var spareRange: String { "\(prefix).128/25" }

    func address(_ service: String) -> String { "\(prefix).\(Self.hosts[service] ?? 127)" }
    func holds(_ address: String) -> Bool { address.hasPrefix("\(prefix).") }
}
