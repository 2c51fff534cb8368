/// One thing that can be tried with the answers instead of only being read, such as a login at the mail server.
struct Proof: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable {
        /// The name in APP_URL leads somewhere.
        case host
        /// What answers at APP_URL shows the certificate that lies on the disk.
        case https
        case certificate
        case database
        case redis
        /// Of access tokens: their keys and lifetimes.
        case tokens
        case mail
        case grafanaPassword = "grafana-password"
        case grafanaLogin = "grafana-login"
    }

    var kind: Kind
    /// For people, such as `the mail server mail.example:587`.
    var title: String
    /// Why it cannot be carried out as things stand; nil where it can.
    var obstacle: String?

    /// The title of the template's section that it is about.
    var section: String { kind.section }
    /// What it is about, the most telling first.
    var variables: [String] { kind.variables }
}

extension Proof.Kind {
    var section: String {
        switch self {
        case .host: "Application"
        case .https, .certificate: "Web and TLS"
        case .database: "Database"
        case .redis: "Redis"
        case .tokens: "Authentication"
        case .mail: "Mail"
        case .grafanaPassword, .grafanaLogin: "Monitoring"
        }
    }

    var variables: [String] {
        switch self {
        case .host: ["APP_URL"]
        case .https: ["APP_URL", "PUBLIC_ADDRESS", "HTTPS_PORT"]
        case .certificate: ["TLS_MODE", "TLS_CERT_PATH", "TLS_KEY_PATH", "LETSENCRYPT_DIR", "APP_URL"]
        case .database: ["DB_PASSWORD", "DB_USERNAME", "DB_NAME"]
        case .redis: ["REDIS_PASSWORD", "REDIS_USERNAME"]
        case .tokens: ["JWT_SECRET", "JWT_REFRESH_SECRET", "JWT_EXPIRES_IN", "JWT_REFRESH_EXPIRES_IN"]
        case .mail: ["SMTP_HOST", "SMTP_PORT", "SMTP_SECURE", "SMTP_USER", "SMTP_PASS", "SMTP_FROM"]
        case .grafanaPassword: ["GRAFANA_ADMIN_PASSWORD", "GRAFANA_ADMIN_USER"]
        case .grafanaLogin: ["GRAFANA_ADMIN_PASSWORD", "GRAFANA_ADMIN_USER", "GRAFANA_PORT"]
        }
    }

    /// The sections that there are proofs for, in the template's order.
    static var sections: [String] {
        allCases.reduce(into: []) { if !$0.contains($1.section) { $0.append($1.section) } }
    }
}
