/// Looks over the files for which no checker exists, or whose checker needs a running stack.
enum StructureCheck {
    /// Each file that is not as it must be, and why.
    static func refusals(in files: [PlannedFile]) -> [(file: String, reason: String)] {
        files.compactMap { file in
            let text = String(decoding: file.contents, as: UTF8.self)
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            let reason: String? =
                switch name {
                case "patroni.yml": patroni(text)
                case "redis.conf": redis(text)
                case "users.acl": redisUsers(text)
                case "etcd.yml":
                    missing(
                        of: ["client-cert-auth: true", "trusted-ca-file", "enable-grpc-gateway: true"], in: text)
                default: nil
                }
            return reason.map { (file.path, $0) }
        }
    }

    /// Patroni's own check passes over `bootstrap.dcs`, takes a wrong `synchronous_mode` for off, and needs etcd.
    private static func patroni(_ text: String) -> String? {
        let settings = keyValues(text, separator: ":")
        if let reason = missing(
            of: ["restapi", "etcd3", "bootstrap", "postgresql", "pg_hba"].map { "\($0):" }, in: text)
        {
            return reason
        }
        guard let mode = settings["synchronous_mode"], ["true", "quorum"].contains(mode) else {
            return "synchronous_mode is neither true nor quorum"
        }
        guard settings["synchronous_mode_strict"] == "true" else { return "synchronous_mode_strict is not true" }
        guard let loop = settings["loop_wait"].flatMap({ Int($0) }),
            let retry = settings["retry_timeout"].flatMap({ Int($0) }),
            let life = settings["ttl"].flatMap({ Int($0) }), life >= 20, loop + 2 * retry <= life
        else { return "loop_wait + 2 × retry_timeout must not exceed ttl, and ttl must be at least 20" }
        return nil
    }

    private static func redis(_ text: String) -> String? {
        let known: Set<String> = [
            "bind", "port", "protected-mode", "daemonize", "supervised", "dir", "aclfile", "save", "appendonly",
            "maxmemory", "maxmemory-policy", "maxclients", "timeout", "tcp-keepalive", "loglevel", "logfile",
            "enable-debug-command", "enable-module-command", "io-threads", "databases",
        ]
        let settings = keyValues(text, separator: " ")
        if let unknown = settings.keys.sorted().first(where: { !known.contains($0) }) {
            return "the directive \(unknown) is not one that this stack uses"
        }
        return missing(of: ["bind ", "port ", "aclfile "], in: text)
    }

    private static func redisUsers(_ text: String) -> String? {
        let lines = text.split(separator: "\n").filter { !$0.isEmpty }
        if let line = lines.firstIndex(where: { !$0.hasPrefix("user ") }) {
            return "line \(line + 1) names no user"
        }
        guard lines.contains(where: { $0.hasPrefix("user default off") }) else {
            return "the user default is not off"
        }
        return text.contains(" >") || text.contains("nopass")
            ? "a password stands there in clear, or none is asked for" : nil
    }

    private static func missing(of parts: [String], in text: String) -> String? {
        parts.first { !text.contains($0) }.map { "\($0) is missing" }
    }

    /// The first value of each key of lines such as `key: value`; comments are left out.
    private static func keyValues(_ text: String, separator: Character) -> [String: String] {
        var result: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let trimmed = line.drop { $0 == " " || $0 == "-" }
            guard trimmed.first != "#", let end = trimmed.firstIndex(of: separator) else { continue }
            let value = trimmed[trimmed.index(after: end)...].drop { $0 == " " }
            let key = String(trimmed[..<end])
            if result[key] == nil { result[key] = String(value) }
        }
        return result
    }
}
