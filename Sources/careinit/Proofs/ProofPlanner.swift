/// Says which proofs a set of answers calls for. Pure.
struct ProofPlanner {
    var settings: ProofSettings
    var surroundings: ProofSurroundings

    /// In the order of the template's sections; only those of one section where it is named.
    func proofs(section: String? = nil) -> [Proof] {
        Proof.Kind.allCases.filter { section == nil || $0.section == section }
            .map { Proof(kind: $0, title: title($0), obstacle: obstacle($0)) }
    }

    private func title(_ kind: Proof.Kind) -> String {
        switch kind {
        case .host: "the host \(settings.origin?.host ?? "of APP_URL")"
        case .https: settings.origin.map { "HTTPS at \(Address.withPort($0.host, $0.port))" } ?? "HTTPS"
        case .certificate: "the certificate (TLS_MODE \(settings["TLS_MODE"]))"
        case .database: "the login of \(settings["DB_USERNAME"]) at PostgreSQL"
        case .redis: "the login of \(settings["REDIS_USERNAME"]) at Redis"
        case .tokens: "the keys and lifetimes of tokens"
        case .mail:
            settings["SMTP_HOST"].isEmpty
                ? "the mail server" : "the mail server \(settings["SMTP_HOST"]):\(settings["SMTP_PORT"])"
        case .grafanaPassword: "the password of Grafana's administrator"
        case .grafanaLogin: "the login of \(settings["GRAFANA_ADMIN_USER"]) at Grafana"
        }
    }

    private func obstacle(_ kind: Proof.Kind) -> String? {
        switch kind {
        case .host:
            guard let host = settings.origin?.host else { return Self.noOrigin }
            return Self.isThisMachine(host) ? "\(host) is this machine itself: there is no name to look up" : nil
        case .https: return settings.origin == nil ? Self.noOrigin : nil
        case .certificate: return settings["TLS_MODE"].isEmpty ? "TLS_MODE is empty" : nil
        case .database: return surroundings.databaseMembers.isEmpty ? Self.notRunning("PostgreSQL") : nil
        case .redis: return surroundings.service("redis") == nil ? Self.notRunning("Redis") : nil
        case .tokens, .grafanaPassword, .grafanaLogin: return nil
        case .mail:
            if settings["SMTP_HOST"].isEmpty { return "SMTP_HOST is empty: no mail is sent" }
            return settings.port("SMTP_PORT") == nil ? "SMTP_PORT is no port" : nil
        }
    }

    private static let noOrigin = "APP_URL names no host"

    private static func notRunning(_ service: String) -> String {
        "\(service) of this stack does not run: careinit up starts it"
    }

    static func isThisMachine(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || AddressKind(host, own: []) == .loopback
    }
}
