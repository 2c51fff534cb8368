extension StackPlanner {
    /// The URL's authority under which Patroni reaches etcd.
    var etcdAddress: String { Address.withPort(address("etcd"), settings.etcd.clientPort) }

    /// The service by which Patroni's members agree on who leads.
    static let coordinator = "etcd"

    func etcd() throws(TemplateFault) -> PlanPart {
        let ports = settings.etcd
        let certificates = [
            ("ca.pem", secrets.etcd.authorities), ("server.pem", secrets.etcd.server),
            ("server.key", secrets.etcd.serverKey),
        ]
        var files = certificates.map { file("etcd/\($0.0)", $0.1, .etcd, secret: $0.0.hasSuffix(".key")) }
        let values: TemplateScope = [
            "data_folder": .text(data("etcd")),
            "address": .text(address("etcd")),
            "client_port": .number(ports.clientPort),
            "peer_port": .number(ports.peerPort),
            "metrics_port": .number(ports.metricsPort),
            "authority": .text(generated("etcd/ca.pem")),
            "certificate": .text(generated("etcd/server.pem")),
            "key": .text(generated("etcd/server.key")),
            // etcd 3.6 knows neither the old interface nor the option.
            "has_v2": .flag(host.version(.etcd).map { $0 < ProgramVersion(3, 6) } ?? true),
        ]
        files.append(try file("etcd/etcd.yml", template: "etcd/etcd.yml", values, .etcd))
        let listeners = [
            ("ETCD_CLIENT_PORT", ports.clientPort), ("ETCD_PEER_PORT", ports.peerPort),
            ("ETCD_METRICS_PORT", ports.metricsPort),
        ]
        let service = service(
            Self.coordinator, title: "etcd, where Patroni keeps who leads", .etcd,
            command: [host.path(.etcd), "--config-file", generated("etcd/etcd.yml")],
            priority: StartOrder.coordination,
            listeners: listeners.map { Listener(address: address("etcd"), port: $0.1, variable: $0.0) },
            health: .http(address: address("etcd"), port: ports.metricsPort, path: "/health"))
        return PlanPart(services: [service], folders: [privateFolder(data("etcd"), .etcd)], files: files)
    }
}
