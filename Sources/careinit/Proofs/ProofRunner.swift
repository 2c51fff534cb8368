import Transport

/// Carries proofs out, one at a time.
struct ProofRunner {
    var settings: ProofSettings
    var surroundings: ProofSurroundings
    /// Where a real mail is sent to; nil: none is sent.
    var testMail: String?
    /// What each layer may take.
    var timeout: Duration = .seconds(5)
    var trust: Trust = .system

    /// Blocks for a few layers' timeouts at most.
    ///
    /// - Parameters:
    ///   - proof: Of a planner that had the same settings and surroundings.
    ///   - isCancelled: Asked after each layer, such as whether Ctrl-C was pressed.
    ///   - progress: Told of each layer as it is passed.
    /// - Returns: What came of it; `skipped` where it could not be tried.
    func run(
        _ proof: Proof, isCancelled: @escaping () -> Bool = { false },
        progress: @escaping (ProofLayer) -> Void = { _ in }
    ) -> ProofResult {
        if let obstacle = proof.obstacle { return ProofResult(verdict: .skipped(obstacle)) }
        var log = ProofLog(isCancelled: isCancelled, report: progress)
        do throws(ProofStop) {
            try carryOut(proof.kind, &log)
            return ProofResult(layers: log.layers, verdict: .passed)
        } catch {
            return ProofResult(layers: log.layers, verdict: error.verdict)
        }
    }

    private func carryOut(_ kind: Proof.Kind, _ log: inout ProofLog) throws(ProofStop) {
        switch kind {
        case .host:
            try HostProof(host: settings.origin?.host ?? "", own: AddressKind.ownAddresses(), timeout: timeout)
                .run(&log)
        case .https:
            guard let https else { throw .skipped("APP_URL names no host") }
            try https.run(&log)
        case .certificate:
            guard let certificate else { throw .skipped("TLS_MODE or APP_URL cannot be read") }
            try CertificateProof(
                settings: certificate, anchors: CertsCheckCommand.systemAnchors, now: Clock.now()
            ).run(&log)
        case .database:
            try DatabaseProof(
                members: surroundings.databaseMembers, user: settings["DB_USERNAME"],
                password: settings["DB_PASSWORD"], database: settings["DB_NAME"], timeout: timeout
            ).run(&log)
        case .redis:
            guard let redis = surroundings.service("redis") else { throw .skipped("Redis does not run") }
            try CacheProof(
                redis: redis, user: settings["REDIS_USERNAME"], password: settings["REDIS_PASSWORD"]
            ).run(&log)
        case .tokens: try TokenProof(settings: settings).run(&log)
        case .mail:
            guard let mail else { throw .skipped("SMTP_PORT is no port") }
            try mail.run(&log)
        case .grafanaPassword: try GrafanaPasswordProof(settings: settings).run(&log)
        case .grafanaLogin:
            guard let port = settings.port("GRAFANA_PORT") else { throw .skipped("GRAFANA_PORT is no port") }
            try GrafanaProof(
                isOurs: surroundings.service("grafana") != nil, port: port, user: settings["GRAFANA_ADMIN_USER"],
                password: settings["GRAFANA_ADMIN_PASSWORD"], timeout: timeout
            ).run(&log)
        }
    }

    private var certificate: CertificateSettings? {
        CertificateSettings(folder: surroundings.folder) { settings[$0] }
    }

    private var https: HTTPSProof? {
        settings.origin.map { origin in
            HTTPSProof(
                host: origin.host, port: origin.port, certificatePath: certificate?.certificatePath,
                isServed: surroundings.service("nginx") != nil, own: AddressKind.ownAddresses(), timeout: timeout)
        }
    }

    private var mail: MailProof? {
        guard let port = settings.port("SMTP_PORT") else { return nil }
        let mode: MailServer.Mode = settings.boolean("SMTP_SECURE") == true ? .implicitTLS : .startTLS
        let user = settings["SMTP_USER"]
        return MailProof(
            server: MailServer(host: settings["SMTP_HOST"], port: port, mode: mode),
            login: user.isEmpty ? nil : .init(user: user, password: settings["SMTP_PASS"]),
            hello: settings.origin?.host ?? "localhost", sender: settings["SMTP_FROM"],
            senderName: settings["SMTP_FROM_NAME"], application: settings["APP_NAME"], testMail: testMail,
            trust: trust, timeout: timeout)
    }
}

extension ProofStop {
    fileprivate var verdict: ProofResult.Verdict {
        switch self {
        case .failed(let problem): .failed(problem)
        case .warning(let problem): .warning(problem)
        case .skipped(let reason): .skipped(reason)
        }
    }
}
