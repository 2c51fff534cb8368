import Transport

#if canImport(Glibc)
    import Glibc
#endif

/// The password of Grafana's administrator logs in at the Grafana that runs.
struct GrafanaProof {
    /// Whether Grafana of this stack runs. A Grafana that somebody else started may run all the same.
    var isOurs: Bool
    var port: UInt16
    var user: String
    var password: String
    var timeout: Duration
    var sockets: SocketTable = .current()

    private var place: String { "127.0.0.1:\(port)" }

    func run(_ log: inout ProofLog) throws(ProofStop) {
        guard TCP.isListening("127.0.0.1", port: port, timeout: timeout) else {
            guard isOurs else { throw .skipped("no Grafana runs on \(place)") }
            throw .failed("TCP", "Grafana runs, and nothing listens on \(place)", fix: "careinit logs grafana")
        }
        try checkHolder()
        try log.passed("TCP", place)
        let reply = try get("/api/health", headers: [])
        guard reply.status == 200, reply.text.contains("\"database\"") else {
            throw .skipped("what listens on \(place) is no Grafana: it is not told the password")
        }
        try log.passed("Grafana")
        let login = Base64.encode(Array("\(user):\(password)".utf8))
        let answer = try get("/api/user", headers: [HTTPHeader("Authorization", "Basic \(login)")])
        switch answer.status {
        case 200: try log.passed("login", user)
        case 401, 403:
            throw .failed(
                "login", "Grafana refuses the password of \(user): it reads it from .env at its first start only",
                fix: "change it in Grafana, or put the old value back into GRAFANA_ADMIN_PASSWORD")
        default: throw .failed("login", "Grafana answers \(answer.status)", fix: "careinit logs grafana")
        }
    }

    /// Any user may listen on such a port; a password is only sent to a program of root's, of Grafana's or of our own.
    private func checkHolder() throws(ProofStop) {
        let holders = sockets.rows.filter { $0.port == port && $0.covers([127, 0, 0, 1]) }.map(\.user)
        let trusted = [0, geteuid()] + [UserAccount.named("grafana")?.identifier].compactMap { $0 }
        guard let stranger = holders.first(where: { !trusted.contains($0) }) else { return }
        let name = UserAccount.withIdentifier(stranger)?.name ?? "\(stranger)"
        throw .skipped("\(place) belongs to a program of the user \(name): it is not told the password")
    }

    private func get(_ path: String, headers: [HTTPHeader]) throws(ProofStop) -> HTTPResponse {
        do throws(TransportError) {
            return try HTTPClient.get("http://\(place)\(path)", timeout: timeout, headers: headers)
        } catch {
            throw .failed("HTTP", "\(place): \(error.reason)", fix: "careinit logs grafana")
        }
    }
}

/// The password is one that nobody guesses, and not the user's name.
struct GrafanaPasswordProof {
    var settings: ProofSettings

    func run(_ log: inout ProofLog) throws(ProofStop) {
        let name = "GRAFANA_ADMIN_PASSWORD"
        try log.passed(name, try SecretProof.strength(of: settings[name], name))
    }
}
