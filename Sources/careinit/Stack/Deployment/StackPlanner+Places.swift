/// Where things are, by the deployment. Paths are as the service sees them unless the name says otherwise.
extension StackPlanner {
    /// Where the services of the stack reach that one.
    func address(_ service: String) -> String { deployment.network?.address(service) ?? "127.0.0.1" }

    /// Where a service listens that this machine is to reach too: Docker publishes what listens everywhere in its container.
    func bindAddress(_ service: String) -> String { deployment.network == nil ? "127.0.0.1" : "0.0.0.0" }

    var webBindAddress: String { deployment.network == nil ? settings.web.address : bindAddress("nginx") }

    func exporterAddress(_ member: StackSettings.Member) -> String {
        deployment.network?.address("pg-exporter-\(member.number)") ?? member.address
    }

    /// Whose connections PostgreSQL takes, in the words of pg_hba.conf.
    var clientNetworks: [String] { deployment.network.map { [$0.subnet] } ?? ["127.0.0.0/8", "samehost"] }

    /// Debian 12 has no exporter for Redis; the images are Debian 13's.
    var hasRedisExporter: Bool { deployment.network != nil }

    // MARK: - Files

    /// The folder of this generation, on this machine.
    var generationFolder: String { output ?? "\(project.stateDirectory)/generations/\(generation)" }
    /// A file of this generation, on this machine.
    func onHost(_ path: String) -> String { "\(generationFolder)/\(path)" }
    /// A file of this generation.
    func generated(_ path: String) -> String {
        deployment.network == nil ? onHost(path) : "\(ContainerPlan.configuration)/\(path)"
    }
    /// The same file in whichever generation is in force, for services that read again without being restarted.
    func inForce(_ path: String) -> String {
        switch deployment {
        case .native: output.map { "\($0)/\(path)" } ?? "\(project.stateDirectory)/generations/current/\(path)"
        case .compose: "\(ContainerPlan.generations)/current/\(path)"
        }
    }

    func data(_ service: String) -> String {
        deployment.network == nil ? "\(project.stateDirectory)/data/\(service)" : ContainerPlan.data
    }
    func run(_ service: String) -> String {
        deployment.network == nil ? "\(project.stateDirectory)/run/\(service)" : ContainerPlan.run
    }
    /// Where the service's output is kept; in a container by Docker.
    func log(_ service: String) -> String {
        deployment.network == nil ? "\(project.stateDirectory)/logs/\(service).log" : "docker logs of \(service)"
    }
    var accessLog: String {
        deployment.network == nil ? "\(project.stateDirectory)/logs/nginx/access.log" : "/dev/stdout"
    }
    /// What nginx serves for the certificate's authority.
    var challengeRoot: String {
        deployment.network == nil ? project.challengeFolder : ContainerPlan.challenges
    }

    // MARK: - Users

    /// Who owns a service's files on this machine.
    func owner(_ user: ServiceUser) -> String? {
        deployment.network == nil ? host.owner(user) : user.containerIdentifier.description
    }

    // MARK: - Command lines

    /// Where the replicas are, for carenotes; natively it knows.
    var replicaAddresses: [String] {
        guard let network = deployment.network else { return [] }
        let all = (1...Self.replicaCount).map { network.address("app-\($0)") }
        return ["--addresses", all.joined(separator: ",")]
    }

    /// Where node-exporter finds the machine's own figures.
    var machineFolders: [String] {
        guard deployment.network != nil else { return [] }
        return [
            "--path.procfs=/host/proc", "--path.sysfs=/host/sys", "--path.rootfs=/host/root",
            "--no-collector.systemd",
        ]
    }

    var absenceOfGrafana: String {
        deployment.network == nil
            ? "no Grafana program is installed; its configuration is in \(generated("grafana"))"
            : "its image is not here: docker pull \(StackImage.grafana.reference), then careinit up"
    }

    /// A command that checks a service's rendered files, where its program is.
    func checker(_ service: String, _ command: [String]) -> [String] {
        guard deployment.network != nil, let image = images[service] else { return command }
        return ContainerCheck(image: image, service: service, folder: onHost(service)).command(command)
    }
}

extension ServiceUser {
    /// The user in its image and the owner of its secrets on the machine, out of the numbers that no distribution gives.
    var containerIdentifier: Int {
        switch self {
        case .postgres: 61001
        case .etcd: 61002
        case .redis: 61003
        case .nginx: 61004
        case .carenotes: 61005
        case .prometheus: 61006
        // As Grafana's own image has it.
        case .grafana: 472
        }
    }
}
