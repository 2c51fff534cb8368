import Transport

/// PING to Redis in its own protocol (RESP), with a user's password: over the connection alone, so that no list of processes
/// shows it.
struct RedisProbe {
    var address: String
    var port: UInt16
    var passwordFile: String
    var user: String

    func check() -> ProbeResult {
        guard let password = FileSystem.readText(passwordFile) else {
            return .unhealthy("\(passwordFile) cannot be read")
        }
        return Self.logIn(address: address, port: port, user: user, password: password)
    }

    static func logIn(address: String, port: UInt16, user: String, password: String) -> ProbeResult {
        do throws(TransportError) {
            let reply = try TCP.exchange(
                command("AUTH", user, password) + command("PING"), with: .tcp(host: address, port: port),
                timeout: HealthProbe.timeout
            ) { Self.lines(in: $0).count >= 2 }
            let lines = Self.lines(in: reply)
            if lines == ["+OK", "+PONG"] { return .healthy }
            let refusal = lines.first { $0.hasPrefix("-") }?.dropFirst()
            return .unhealthy("Redis says \(refusal.map(String.init) ?? lines.first ?? "nothing")")
        } catch {
            return .unhealthy("Redis at \(Address.withPort(address, port)): \(error.reason)")
        }
    }

    /// An array of bulk strings, which carry whatever is in them.
    private static func command(_ words: String...) -> [UInt8] {
        Array("*\(words.count)\r\n".utf8)
            + words.flatMap { Array("$\($0.utf8.count)\r\n\($0)\r\n".utf8) }
    }

    /// The whole lines that have come.
    private static func lines(in reply: [UInt8]) -> [String] {
        var lines = String(decoding: reply, as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        lines.removeLast()
        return lines.map(String.init)
    }
}
