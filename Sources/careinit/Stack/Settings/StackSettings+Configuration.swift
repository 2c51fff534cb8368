import EnvSchema

extension StackSettings {
    /// Reads every variable that a service of the stack uses, whether or not the others make it count.
    ///
    /// - Throws: `ConfigurationError` only where the template and this reader disagree.
    init(_ configuration: Configuration) throws(ConfigurationError) {
        application = try Application(configuration)
        web = try Web(configuration)
        database = try Database(configuration)
        etcd = Etcd(
            clientPort: try configuration.port("ETCD_CLIENT_PORT"),
            peerPort: try configuration.port("ETCD_PEER_PORT"),
            metricsPort: try configuration.port("ETCD_METRICS_PORT"))
        redis = Redis(
            address: try configuration.string("REDIS_HOST"), port: try configuration.port("REDIS_PORT"),
            username: try configuration.string("REDIS_USERNAME"),
            password: try configuration.string("REDIS_PASSWORD"))
        mail = try Mail.read(configuration)
        monitoring = try Monitoring(configuration)
        containerNetwork = try configuration.string("CONTAINER_NETWORK")
    }
}

extension StackSettings.Application {
    fileprivate init(_ configuration: Configuration) throws(ConfigurationError) {
        let port = try configuration.port("PORT")
        name = try configuration.string("APP_NAME")
        origin = try configuration.string("APP_URL")
        ports = (0..<UInt16(StackPlanner.replicaCount)).map { port + $0 }
        let shutdown = try configuration.milliseconds("SHUTDOWN_TIMEOUT").components
        shutdownSeconds = Int(shutdown.seconds) + (shutdown.attoseconds > 0 ? 1 : 0)
    }
}

extension StackSettings.Web {
    fileprivate init(_ configuration: Configuration) throws(ConfigurationError) {
        address = try configuration.string("PUBLIC_ADDRESS")
        httpPort = try configuration.port("HTTP_PORT")
        httpsPort = try configuration.port("HTTPS_PORT")
        let pair = (try configuration.string("TLS_CERT_PATH"), try configuration.string("TLS_KEY_PATH"))
        let folder = try configuration.string("LETSENCRYPT_DIR")
        contact = try configuration.optional("LETSENCRYPT_EMAIL")
        switch try configuration.string("TLS_MODE") {
        case "letsencrypt": certificate = .letsEncrypt(folder: folder)
        case "files": certificate = .files(certificate: pair.0, key: pair.1)
        default: certificate = .selfSigned(certificate: pair.0, key: pair.1)
        }
    }
}

extension StackSettings.Database {
    fileprivate init(_ configuration: Configuration) throws(ConfigurationError) {
        members = []
        for number in 1...3 {
            var member = StackSettings.Member(number: number, address: "")
            member.address = try configuration.string(member.variable)
            members.append(member)
        }
        port = try configuration.port("DB_PORT")
        restPort = try configuration.port("PATRONI_PORT")
        exporterPort = try configuration.port("POSTGRES_EXPORTER_PORT")
        name = try configuration.string("DB_NAME")
        login = try configuration.string("DB_USERNAME")
        password = try configuration.string("DB_PASSWORD")
        replicationPassword = try configuration.string("REPLICATION_PASSWORD")
        poolMaximum = try configuration.integer("DB_POOL_MAX")
    }
}

extension StackSettings.Mail {
    fileprivate static func read(_ configuration: Configuration) throws(ConfigurationError) -> Self? {
        let host = try configuration.optional("SMTP_HOST")
        let sender = try configuration.optional("SMTP_FROM")
        let critical = try configuration.optional("ALERT_EMAIL_CRITICAL")
        let warning = try configuration.optional("ALERT_EMAIL_WARNING")
        let (port, isImplicit) = (try configuration.port("SMTP_PORT"), try configuration.boolean("SMTP_SECURE"))
        let (login, password) = (try configuration.optional("SMTP_USER"), try configuration.optional("SMTP_PASS"))
        let name = try configuration.optional("SMTP_FROM_NAME")
        guard let host, let sender, let critical else { return nil }
        return Self(
            host: host, port: port, isImplicitTLS: isImplicit, login: login, password: password, sender: sender,
            senderName: name, critical: critical, warning: warning ?? critical)
    }
}

extension StackSettings.Monitoring {
    fileprivate init(_ configuration: Configuration) throws(ConfigurationError) {
        prometheusPort = try configuration.port("PROMETHEUS_PORT")
        retentionSeconds = try configuration.duration("PROMETHEUS_RETENTION_TIME").components.seconds
        alertmanagerPort = try configuration.port("ALERTMANAGER_PORT")
        nodeExporterPort = try configuration.port("NODE_EXPORTER_PORT")
        grafanaPort = try configuration.port("GRAFANA_PORT")
        grafanaUser = try configuration.string("GRAFANA_ADMIN_USER")
        grafanaPassword = try configuration.string("GRAFANA_ADMIN_PASSWORD")
    }
}
