/// Where the certificate is expected, by the answers.
struct CertificateSettings: Sendable, Equatable {
    enum Mode: String, Sendable { case selfSigned = "self-signed", letsencrypt, files }

    var mode: Mode
    var certificatePath: String
    var keyPath: String
    /// certbot's own folder.
    var letsencryptFolder: String
    /// The host of APP_URL.
    var host: String
    var organization: String

    init?(_ sheet: AnswerSheet, folder: String) {
        self.init(folder: folder) { sheet.value(of: $0) }
    }

    /// Relative paths start from the folder, which is that of the `.env`; `value` is empty for what has none.
    init?(folder: String, value: (String) -> String) {
        guard let mode = Mode(rawValue: value("TLS_MODE")), let host = Self.host(of: value("APP_URL"))
        else { return nil }
        let absolute = { (path: String) in path.hasPrefix("/") ? path : folder + "/" + path }
        self.mode = mode
        self.host = host
        organization = value("APP_NAME")
        letsencryptFolder = absolute(value("LETSENCRYPT_DIR"))
        if mode == .letsencrypt {
            let live = letsencryptFolder + "/live/" + host
            (certificatePath, keyPath) = (live + "/fullchain.pem", live + "/privkey.pem")
        } else {
            certificatePath = absolute(value("TLS_CERT_PATH"))
            keyPath = absolute(value("TLS_KEY_PATH"))
        }
    }

    /// What a self-signed certificate must cover: the host, and for this machine its loopback addresses too.
    var names: [String] {
        let loopback = ["localhost", "127.0.0.1", "::1"]
        return loopback.contains(host) ? [host] + loopback.filter { $0 != host } : [host]
    }

    /// The host of an origin such as `https://localhost:8443` or `https://[::1]`.
    static func host(of origin: String) -> String? {
        guard let scheme = origin.firstRange(of: "://") else { return nil }
        let rest = origin[scheme.upperBound...].prefix { $0 != "/" }
        if rest.hasPrefix("[") { return rest.split(separator: "]").first.map { String($0.dropFirst()) } }
        let host = rest.prefix { $0 != ":" }
        return host.isEmpty ? nil : String(host)
    }
}
