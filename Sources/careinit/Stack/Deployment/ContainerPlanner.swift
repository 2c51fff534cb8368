import EnvSchema

/// Puts every service of a plan into a container of its own.
struct ContainerPlanner {
    let planner: StackPlanner
    let network: ContainerNetwork

    func container(_ service: ServicePlan) -> ContainerPlan {
        let name = service.name
        return ContainerPlan(
            image: planner.images[name] ?? "", imageIdentifier: planner.imageIdentifiers[name],
            user: ContainerPlan.user(of: name), address: network.address(name), mounts: mounts(name),
            hasVolume: Self.keepsData(name), needs: Self.needs(name), limits: Self.limits(name),
            healthTest: healthTest(service), isOptional: name == "grafana")
    }

    // MARK: - Files

    private func mounts(_ name: String) -> [ContainerPlan.Mount] {
        switch name {
        case "nginx":
            return [inForce("nginx"), .init(source: challenges, target: ContainerPlan.challenges)]
        case "node-exporter":
            let machine = ["/proc": "/host/proc", "/sys": "/host/sys", "/": "/host/root"]
            return [inForce("metrics")]
                + machine.sorted { $0.key < $1.key }.map { .init(source: $0.key, target: $0.value) }
        case _ where Self.isReloaded(name):
            return [inForce(name)]
        default:
            return [own(name)]
        }
    }

    private func own(_ name: String) -> ContainerPlan.Mount {
        .init(source: planner.onHost(name), target: "\(ContainerPlan.configuration)/\(name)")
    }

    /// Whether it takes files of later generations without being restarted. Each is readable by its own service's user only.
    private static func isReloaded(_ name: String) -> Bool {
        isMember(name) || name.hasPrefix("app-") || name == "redis"
    }

    /// Where a service finds its files in its container.
    static func folder(of name: String) -> String {
        isReloaded(name) || name == "nginx"
            ? "\(ContainerPlan.generations)/current/\(name)" : "\(ContainerPlan.configuration)/\(name)"
    }

    /// All generations, since the link in force is followed inside; of files that were only rendered, the folder itself.
    private func inForce(_ folder: String) -> ContainerPlan.Mount {
        if planner.output != nil {
            return .init(source: planner.onHost(folder), target: "\(ContainerPlan.generations)/current/\(folder)")
        }
        return .init(source: "\(planner.project.stateDirectory)/generations", target: ContainerPlan.generations)
    }

    private var challenges: String {
        planner.output.map { "\($0)/acme" } ?? planner.project.challengeFolder
    }

    private static func keepsData(_ name: String) -> Bool {
        isMember(name) || name.hasPrefix("app-")
            || ["etcd", "prometheus", "alertmanager", "grafana"].contains(name)
    }

    private static func isMember(_ name: String) -> Bool {
        name.hasPrefix("pg-") && !name.hasPrefix("pg-exporter-")
    }

    // MARK: - Order and limits

    private static func needs(_ name: String) -> [String] {
        switch name {
        case _ where isMember(name): ["etcd"]
        case _ where name.hasPrefix("app-"): ["pg-1", "pg-2", "pg-3", "redis"]
        case _ where name.hasPrefix("pg-exporter-"): ["pg-\(name.suffix(1))"]
        case "nginx": ["app-1", "app-2", "app-3"]
        case "redis-exporter": ["redis"]
        case "grafana": ["prometheus"]
        default: []
        }
    }

    /// Several times what each was seen to take, so that only what has gone wrong meets its limit.
    private static func limits(_ name: String) -> ContainerPlan.Limits {
        switch name {
        case _ where isMember(name): .init(mebibytes: 1024, processors: "2.0", processes: 512)
        case _ where name.hasPrefix("app-"): .init(mebibytes: 512, processors: "1.0", processes: 256)
        case "prometheus": .init(mebibytes: 1024, processors: "1.0", processes: 128)
        case "nginx": .init(mebibytes: 256, processors: "1.0", processes: 64)
        case "etcd", "grafana": .init(mebibytes: 512, processors: "1.0", processes: 128)
        default: .init(mebibytes: 192, processors: "0.5", processes: 64)
        }
    }

    // MARK: - Health

    /// The same question that careinit asks, from inside.
    private func healthTest(_ service: ServicePlan) -> [String] {
        switch service.health {
        case .http(let address, let port, let path):
            Self.curl(["http://\(Address.withPort(address, port))\(path)"])
        case .https(_, let port, let path, let name, let trust):
            Self.curl(
                ["--connect-to", "::127.0.0.1:\(port)"]
                    + (trust == nil ? [] : ["--cacert", planner.inForce("nginx/fullchain.pem")])
                    + ["https://\(Address.withPort(name, port))\(path)"])
        case .patroniMember(let address, let port):
            Self.curl(["http://\(Address.withPort(address, port))/health"])
        case .redis(let address, let port, _, let user):
            Self.redis(address, port, user: user, passwordFile: planner.inForce("redis/admin.password"))
        case .listening:
            ["CMD", "true"]
        }
    }

    private static func curl(_ arguments: [String]) -> [String] {
        ["CMD", "curl", "--silent", "--show-error", "--fail", "--output", "/dev/null", "--max-time", "4"]
            + arguments
    }

    /// The password goes over standard input, and only PONG is well: redis-cli ends with 0 also where it was refused.
    private static func redis(_ address: String, _ port: UInt16, user: String, passwordFile: String) -> [String] {
        let question = "printf 'AUTH \(user) %s\\nPING\\n' \"$(cat \(passwordFile))\""
        return ["CMD-SHELL", "\(question) | redis-cli -h \(address) -p \(port) | grep -qx PONG"]
    }
}
