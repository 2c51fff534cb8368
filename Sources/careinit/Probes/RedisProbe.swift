/// PING by Redis' own client. The password goes over its standard input, so that no list of processes shows it.
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
        let client = Subprocess(
            arguments: ["redis-cli", "-h", address, "-p", "\(port)"],
            input: Array("AUTH \(word(user)) \(word(password))\nPING\n".utf8), timeout: HealthProbe.timeout)
        do {
            let output = try client.run()
            if output.text.hasSuffix("PONG\n") { return .healthy }
            let said = (output.errorText + output.text).split(separator: "\n").first ?? "nothing"
            return .unhealthy("redis-cli says \(said)")
        } catch {
            return .unhealthy("redis-cli: \(error)")
        }
    }

    /// One word for redis-cli, whatever is in it.
    private static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x27 && $0 != 0x5C }
        if isPlain, !text.isEmpty { return text }
        return "\"" + text.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\""
    }
}
