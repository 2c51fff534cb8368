import EnvSchema

extension StackPlanner {
    func prometheus() throws(TemplateFault) -> PlanPart {
        let monitoring = settings.monitoring
        let values: TemplateScope = [
            "alertmanager": .text(Address.withPort(address("alertmanager"), monitoring.alertmanagerPort)),
            "jobs": .list(scrapeJobs),
        ]
        let files = [
            try file("prometheus/prometheus.yml", template: "prometheus/prometheus.yml", values, .prometheus),
            try copy("prometheus/alerts.yml", of: "prometheus/alerts.yml", .prometheus),
        ]
        let configuration = generated("prometheus/prometheus.yml")
        var service = service(
            "prometheus", title: "Prometheus", .prometheus,
            command: [
                host.path(.prometheus), "--config.file=\(configuration)",
                "--storage.tsdb.path=\(data("prometheus"))",
                "--storage.tsdb.retention.time=\(monitoring.retentionSeconds)s",
                "--web.listen-address=\(Address.withPort(bindAddress("prometheus"), monitoring.prometheusPort))",
                "--log.level=warn",
            ],
            priority: StartOrder.monitoring,
            listeners: [loopbackListener(monitoring.prometheusPort, "PROMETHEUS_PORT")],
            health: .http(address: "127.0.0.1", port: monitoring.prometheusPort, path: "/-/ready"))
        service.stopTimeout = 30
        let check = ConfigurationCheck(
            service: "prometheus",
            command: checker("prometheus", [host.path(.promtool), "check", "config", configuration]),
            file: "prometheus/prometheus.yml")
        return PlanPart(
            services: [service], folders: [privateFolder(data("prometheus"), .prometheus)], files: files,
            checks: [check])
    }

    /// The exporters of the machine's and of PostgreSQL's figures.
    func exporters() -> PlanPart {
        var part = PlanPart()
        let port = settings.monitoring.nodeExporterPort
        part.services.append(
            service(
                "node-exporter", title: "node exporter", .prometheus,
                command: [
                    host.path(.nodeExporter),
                    "--web.listen-address=\(Address.withPort(address("node-exporter"), port))",
                    "--collector.textfile.directory=\(inForce(CertificateMetrics.path.parentPath))",
                    "--log.level=warn",
                ] + machineFolders,
                priority: StartOrder.monitoring,
                listeners: [
                    Listener(address: address("node-exporter"), port: port, variable: "NODE_EXPORTER_PORT")
                ],
                health: .http(address: address("node-exporter"), port: port, path: "/")))
        let metrics = CertificateMetrics(chainPEM: certificate.chainPEM, host: settings.application.host)
        part.files.append(file(CertificateMetrics.path, Array(metrics.text.utf8), .prometheus))
        for member in settings.database.members {
            let (service, passfile) = postgresExporter(member)
            part.services.append(service)
            part.files.append(passfile)
        }
        return part
    }

    /// One exporter per member: with several, `pg_up` would not say which.
    private func postgresExporter(_ member: StackSettings.Member) -> (ServicePlan, PlannedFile) {
        let database = settings.database
        let name = "pg-exporter-\(member.number)"
        let server = Address.withPort(member.address, database.port)
        let address = exporterAddress(member)
        var service = service(
            name, title: "PostgreSQL exporter \(member.number)", .prometheus,
            command: [
                host.path(.postgresExporter),
                "--web.listen-address=\(Address.withPort(address, database.exporterPort))",
                "--log.level=warn",
            ],
            priority: StartOrder.monitoring,
            listeners: [
                Listener(address: address, port: database.exporterPort, variable: "POSTGRES_EXPORTER_PORT")
            ],
            health: .http(address: address, port: database.exporterPort, path: "/"))
        service.environment["DATA_SOURCE_NAME"] =
            "postgresql://\(secrets.monitorLogin)@\(server)/postgres?sslmode=disable"
        service.environment["PGPASSFILE"] = generated("\(name)/pgpass")
        let line = "*:*:*:\(secrets.monitorLogin):\(secrets.monitorPassword)\n"
        return (service, file("\(name)/pgpass", Array(line.utf8), .prometheus, secret: true))
    }

    /// Redis' figures, asked as a user who may read nothing but them.
    func redisExporter() -> PlanPart {
        guard hasRedisExporter else { return PlanPart() }
        let (name, port, user) = ("redis-exporter", StackSettings.Monitoring.redisExporterPort, "monitor")
        let server = Address.withPort(settings.redis.address, settings.redis.port)
        let service = service(
            name, title: "Redis exporter", .prometheus,
            command: [
                host.path(.redisExporter), "--web.listen-address=\(Address.withPort(address(name), port))",
                "--redis.addr=redis://\(server)", "--redis.user=\(user)",
                "--redis.password-file=\(generated("\(name)/passwords.json"))",
            ],
            priority: StartOrder.monitoring, listeners: [Listener(address: address(name), port: port)],
            health: .http(address: address(name), port: port, path: "/health"))
        // It looks for a password under the server's address with the user in it.
        let (key, password) = (
            Splice.json.write("redis://\(user)@\(server)") ?? "", Splice.json.write(secrets.monitorPassword) ?? ""
        )
        let passwords = file(
            "\(name)/passwords.json", Array("{\(key): \(password)}\n".utf8), .prometheus, secret: true)
        return PlanPart(services: [service], files: [passwords])
    }

    private func loopbackListener(_ port: UInt16, _ variable: String) -> Listener {
        Listener(address: "127.0.0.1", port: port, variable: variable)
    }
}

// MARK: - What Prometheus asks

extension StackPlanner {
    private var scrapeJobs: [TemplateScope] {
        let monitoring = settings.monitoring
        let database = settings.database
        var jobs = [
            job("carenotes", path: "/api/metrics", replicaTargets),
            job("patroni", database.members.map { ($0.name, Address.withPort($0.address, database.restPort)) }),
            job(
                "postgres",
                database.members.map {
                    ($0.name, Address.withPort(exporterAddress($0), database.exporterPort))
                }),
            job("etcd", [target("etcd", settings.etcd.metricsPort)]),
            job("node", [target("node-exporter", monitoring.nodeExporterPort)]),
            job("prometheus", [target("prometheus", monitoring.prometheusPort)]),
            job("alertmanager", [target("alertmanager", monitoring.alertmanagerPort)]),
        ]
        if hasRedisExporter {
            jobs.append(job("redis", [target("redis-exporter", StackSettings.Monitoring.redisExporterPort)]))
        }
        if host.has(.grafana) { jobs.append(job("grafana", [target("grafana", monitoring.grafanaPort)])) }
        return jobs
    }

    private var replicaTargets: [(String, String)] {
        settings.application.ports.enumerated().map { target("app-\($0.offset + 1)", $0.element) }
    }

    private func target(_ service: String, _ port: UInt16) -> (String, String) {
        (service, Address.withPort(address(service), port))
    }

    private func job(_ name: String, path: String = "/metrics", _ targets: [(String, String)]) -> TemplateScope {
        [
            "job": .text(name), "path": .text(path),
            "targets": .list(targets.map { ["service": .text($0.0), "address": .text($0.1)] }),
        ]
    }
}
