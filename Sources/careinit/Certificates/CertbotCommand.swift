import EnvSchema

/// certbot's command line for the certificate of one host, and where certbot keeps what it needs for it (certbot(1)).
struct CertbotCommand: Sendable, Equatable {
    /// How the authority finds out that the host is ours (HTTP-01, RFC 8555 §8.3).
    enum Challenge: Sendable, Equatable {
        /// A running server shows what lies in the folder.
        case webroot(String)
        /// certbot itself listens, on that address.
        case standalone(address: String, port: UInt16)
    }

    enum Authority: Sendable, Equatable {
        case letsEncrypt
        /// Let's Encrypt's, for trying out: hardly any limits, and trusted by nobody.
        case staging
        /// The directory of another one that speaks ACME.
        case server(String)
    }

    var host: String
    /// certbot's configuration, with the certificates.
    var folder: String
    var challenge: Challenge
    var authority: Authority
    /// The mail address of the account; nil: none.
    var contact: String?
    /// What certbot calls after it got a certificate, now and at each renewal.
    var hook: String
    /// Whether a certificate is asked for although the one that is there lasts.
    var isForced = false
    /// Whether it only asks whether it would work, at the staging server.
    var isRehearsal = false

    static let systemFolder = "/etc/letsencrypt"

    /// argv.
    var arguments: [String] {
        ["certbot", "certonly", "--non-interactive", "--agree-tos"] + account + server + proof
            + ["-d", host, "--cert-name", host, "--key-type", "ecdsa"] + Self.folders(folder)
            + (isRehearsal ? ["--dry-run"] : [isForced ? "--force-renewal" : "--keep-until-expiring"])
            + ["--deploy-hook", hook]
    }

    /// The same for a shell.
    var line: String { ShellWord.joined(arguments) }

    /// certbot's three folders. Outside of /etc/letsencrypt they are one, which needs no root.
    static func folders(_ folder: String) -> [String] {
        let own = folder == systemFolder ? [] : ["--work-dir", "\(folder)/work", "--logs-dir", "\(folder)/logs"]
        return ["--config-dir", folder] + own
    }

    private var account: [String] { contact.map { ["--email", $0] } ?? ["--register-unsafely-without-email"] }

    private var server: [String] {
        switch authority {
        case .letsEncrypt: []
        case .staging: ["--staging"]
        case .server(let address): ["--server", address]
        }
    }

    private var proof: [String] {
        switch challenge {
        case .webroot(let folder): return ["--webroot", "-w", folder]
        case .standalone(let address, let port):
            // Without an address certbot listens on IPv6, too, by which authorities come first.
            let listener = address == "0.0.0.0" ? [] : ["--http-01-address", address]
            return ["--standalone", "--http-01-port", "\(port)"] + listener
        }
    }
}

/// What certbot calls with a new certificate: this careinit, for this stack.
enum DeployHook {
    /// Where the stack's state lies in $XDG_STATE_HOME, cron must be told: that is `stateHome`.
    static func line(program: String, environmentFile: String, stateHome: String? = nil) -> String {
        let words = [program, "certs", "install", "--env-file", environmentFile]
        let settings = stateHome.map { ["XDG_STATE_HOME=\($0)"] } ?? []
        // certbot looks for the first word as it stands, quotes included, among the programs.
        let isPlain = settings.isEmpty && ShellWord.joined([program]) == program
        return ShellWord.joined((isPlain ? [] : ["env"] + settings) + words)
    }
}
