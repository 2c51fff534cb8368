extension StackPlanner {
    func prometheus() throws(TemplateFault) -> PlanPart {
        let monitoring = settings.monitoring
        let values: TemplateScope = [
            "alertmanager": .text(loopback(monitoring.alertmanagerPort)), "jobs": .list(scrapeJobs),
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
                "--web.listen-address=\(loopback(monitoring.prometheusPort))", "--log.level=warn",
            ],
            priority: StartOrder.monitoring,
            listeners: [loopbackListener(monitoring.prometheusPort, "PROMETHEUS_PORT")],
            health: .http(address: "127.0.0.1", port: monitoring.prometheusPort, path: "/-/ready"))
        service.stopTimeout = 30
        let check = ConfigurationCheck(
            service: "prometheus", command: [host.path(.promtool), "check", "config", configuration],
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
                    host.path(.nodeExporter), "--web.listen-address=\(loopback(port))",
                    "--collector.textfile.directory=\(CertificateMetrics.folder(of: project))", "--log.level=warn",
                ],
                priority: StartOrder.monitoring, listeners: [loopbackListener(port, "NODE_EXPORTER_PORT")],
                health: .http(address: "127.0.0.1", port: port, path: "/")))
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
        let address = Address.withPort(member.address, database.port)
        var service = service(
            name, title: "PostgreSQL exporter \(member.number)", .prometheus,
            command: [
                host.path(.postgresExporter),
                "--web.listen-address=\(Address.withPort(member.address, database.exporterPort))",
                "--log.level=warn",
            ],
            priority: StartOrder.monitoring,
            listeners: [
                Listener(address: member.address, port: database.exporterPort, variable: "POSTGRES_EXPORTER_PORT")
            ],
            health: .http(address: member.address, port: database.exporterPort, path: "/"))
        service.environment["DATA_SOURCE_NAME"] = "postgresql://monitor@\(address)/postgres?sslmode=disable"
        service.environment["PGPASSFILE"] = generated("\(name)/pgpass")
        let line = "*:*:*:monitor:\(secrets.monitorPassword)\n"
        return (service, file("\(name)/pgpass", Array(line.utf8), .prometheus, secret: true))
    }

    private func loopbackListener(_ port: UInt16, _ variable: String) -> Listener {
        Listener(address: "127.0.0.1", port: port, variable: variable)
    }

    func loopback(_ port: UInt16) -> String { Address.withPort("127.0.0.1", port) }
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
                "postgres", database.members.map { ($0.name, Address.withPort($0.address, database.exporterPort)) }
            ),
            job("etcd", [("etcd", loopback(settings.etcd.metricsPort))]),
            job("node", [("node-exporter", loopback(monitoring.nodeExporterPort))]),
            job("prometheus", [("prometheus", loopback(monitoring.prometheusPort))]),
            job("alertmanager", [("alertmanager", loopback(monitoring.alertmanagerPort))]),
        ]
        if host.has(.grafana) { jobs.append(job("grafana", [("grafana", loopback(monitoring.grafanaPort))])) }
        return jobs
    }

    private var replicaTargets: [(String, String)] {
        settings.application.ports.enumerated().map { ("app-\($0.offset + 1)", loopback($0.element)) }
    }

    private func job(_ name: String, path: String = "/metrics", _ targets: [(String, String)]) -> TemplateScope {
        [
            "job": .text(name), "path": .text(path),
            "targets": .list(targets.map { ["service": .text($0.0), "address": .text($0.1)] }),
        ]
    }
}
