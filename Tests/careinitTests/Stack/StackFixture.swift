import Foundation
import Secrets

@testable import careinit

/// A stack to plan with: values of every kind, certificates made by the openssl program.
struct StackFixture {
    var settings: StackSettings
    var host: HostFacts
    var secrets: InternalSecrets
    var certificate: ServerCertificate
    var project: Project
    private let verifiers: RoleVerifiers

    static let password = String(repeating: "p", count: 43)

    init(state: String, settings: StackSettings = .local(), patroni: ProgramVersion? = nil) throws {
        self.settings = settings
        project = Project(environmentFile: "\(state.parentPath)/.env", stateDirectory: state)
        host = try HostFacts.forTests(project: project)
        if let patroni { host.programs[.patroni]?.version = patroni }
        let pair = try Self.makePair(in: "\(state)-certificates", name: "localhost")
        certificate = ServerCertificate(chainPEM: pair.certificate, keyPEM: pair.key, isPubliclyTrusted: false)
        secrets = InternalSecrets(
            monitorLogin: InternalSecret.firstMonitor, monitorPassword: "monitor-\(Self.password)",
            patroniPassword: "patroni-\(Self.password)",
            redisPassword: "redis-\(Self.password)", salt: String(repeating: "5a", count: 32),
            etcd: .init(
                authorities: pair.certificate, server: pair.certificate, serverKey: pair.key,
                client: pair.certificate,
                clientKey: pair.key))
        verifiers = try RoleVerifiers(secrets: secrets, login: settings.database.password)
    }

    func plan(generation: Int = 1) throws -> StackPlan { try planner(generation: generation).plan() }

    func planner(generation: Int = 1) -> StackPlanner {
        StackPlanner(
            settings: settings, project: project, host: host, generation: generation, secrets: secrets,
            verifiers: verifiers, certificate: certificate, replicaEnvironment: Array("PORT=3001\n".utf8))
    }

    /// The same stack in containers, whose images have made-up names.
    func containers(output: String? = nil) -> StackPlanner {
        let deployment = Deployment.compose(ContainerNetwork(holding: settings.containerNetwork))
        var planner = planner()
        planner.deployment = deployment
        planner.settings = deployment.applied(to: settings)
        planner.host = .images(hasGrafana: true)
        planner.output = output
        for service in ContainerNetwork.services {
            planner.images[service] = "\(StackImage.repository)\(StackImage.name(of: service) ?? "grafana"):0a1b2c"
        }
        return planner
    }

    static func makePair(in folder: String, name: String) throws -> (certificate: [UInt8], key: [UInt8]) {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let run = Subprocess(arguments: [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
            "30",
            "-subj", "/O=test", "-addext", "subjectAltName=DNS:\(name),IP:127.0.0.1", "-keyout",
            "\(folder)/key.pem",
            "-out", "\(folder)/cert.pem",
        ])
        let output = try run.run()
        guard output.succeeded, let certificate = FileSystem.read("\(folder)/cert.pem"),
            let key = FileSystem.read("\(folder)/key.pem")
        else { throw CocoaError(.fileReadUnknown) }
        return (certificate, key)
    }
}

extension StackSettings {
    static func local(basePort: UInt16 = 20000, mail: Mail? = nil) -> StackSettings {
        StackSettings(
            application: .init(
                name: "Notes \"of\" care", origin: "https://localhost:\(basePort + 1)",
                ports: [basePort + 2, basePort + 3, basePort + 4], shutdownSeconds: 30),
            web: .init(
                address: "127.0.0.1", httpPort: basePort, httpsPort: basePort + 1,
                certificate: .selfSigned(certificate: "certs/fullchain.pem", key: "certs/privkey.pem")),
            database: .init(
                members: (1...3).map { Member(number: $0, address: "127.0.0.\(10 + $0)") }, port: basePort + 5,
                restPort: basePort + 6, exporterPort: basePort + 7, name: "notes", login: "carer",
                password: "database-\(StackFixture.password)",
                replicationPassword: "replication-\(StackFixture.password)", poolMaximum: 20),
            etcd: .init(clientPort: basePort + 8, peerPort: basePort + 9, metricsPort: basePort + 10),
            redis: .init(
                address: "127.0.0.1", port: basePort + 11, username: "carenotes",
                password: "cache-\(StackFixture.password)"),
            mail: mail,
            monitoring: .init(
                prometheusPort: basePort + 12, retentionSeconds: 1_296_000, alertmanagerPort: basePort + 13,
                nodeExporterPort: basePort + 14, grafanaPort: basePort + 15, grafanaUser: "admin",
                grafanaPassword: "grafana-\(StackFixture.password)"))
    }

    static func production() -> StackSettings {
        var settings = local(
            mail: .init(
                host: "smtp.example.org", port: 587, isImplicitTLS: false, login: "care@example.org",
                password: "mail #1 \"secret\"", sender: "alerts@example.org", senderName: "Care \"Notes\"",
                critical: "oncall@example.org", warning: "office@example.org"))
        settings.application.origin = "https://notes.example.org"
        settings.web.address = "0.0.0.0"
        settings.web.httpPort = 20080
        settings.web.certificate = .letsEncrypt(folder: "/etc/letsencrypt")
        return settings
    }
}

extension HostFacts {
    /// This machine's programs, whether or not carenotes is built.
    static func forTests(project: Project) throws -> HostFacts {
        var facts = try HostFacts.discover(project: project, carenotes: "/usr/bin/true")
        facts.isRoot = false
        return facts
    }
}
