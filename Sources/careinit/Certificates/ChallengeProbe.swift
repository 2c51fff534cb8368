import Transport

#if canImport(Glibc)
    import Glibc
#endif

/// Whether nginx shows what certbot would put into the webroot: asked before the authority is, which counts failures.
struct ChallengeProbe {
    /// The webroot.
    var folder: String
    /// Where this machine reaches nginx.
    var address: String
    var port: UInt16
    var host: String

    private static let path = "/.well-known/acme-challenge"

    /// - Returns: false where there is no such folder, where nobody answers, or with something else.
    /// - Throws: exit code 77 or 73 where the folder cannot be written.
    func isServed() throws(CommandFailure) -> Bool {
        guard FileSystem.isFolder(folder), TCP.isListening(address, port: port, timeout: HealthProbe.timeout)
        else {
            return false
        }
        let name = "careinit-\(UInt64.random(in: .min ... .max))"
        do {
            try FileSystem.makeFolder("\(folder)/.well-known", mode: 0o755)
            try FileSystem.makeFolder("\(folder)\(Self.path)", mode: 0o755)
        } catch {
            throw CommandFailure(.cannotCreate, "\(folder) cannot be written", why: error.reason)
        }
        let file = "\(folder)\(Self.path)/\(name)"
        try OutputFile.write(Array(name.utf8), to: file, mode: 0o644)
        defer { unlink(file) }
        let url = "http://\(Address.withPort(host, port))\(Self.path)/\(name)"
        let reply = try? HTTPClient.request(
            "GET", url, timeout: HealthProbe.timeout, connectingTo: .tcp(host: address, port: port))
        return reply?.isSuccess == true && reply?.body == Array(name.utf8)
    }
}
