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
        let client = Subprocess(
            arguments: ["redis-cli", "-h", address, "-p", "\(port)"],
            input: Array("AUTH \(user) \(password)\nPING\n".utf8), timeout: HealthProbe.timeout)
        do {
            let output = try client.run()
            if output.text.hasSuffix("PONG\n") { return .healthy }
            let said = (output.errorText + output.text).split(separator: "\n").first ?? "nothing"
            return .unhealthy("redis-cli says \(said)")
        } catch {
            return .unhealthy("redis-cli: \(error)")
        }
    }
}
