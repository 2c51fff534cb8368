import Transport

#if canImport(Glibc)
    import Glibc
#endif

/// The service that is loaded: where it is, whom to trust there, and the token to show.
struct Target: Sendable {
    static let options: Set<String> = ["--url", "--connect", "--ca", "--token-file", "--timeout"]

    let address: HTTPAddress
    let endpoint: Endpoint
    let tls: TLSContext?
    let authorization: HTTPHeader
    let timeout: Duration

    init(_ options: Options) throws(LoadFailure) {
        let url = try options.required("--url")
        do throws(TransportError) {
            address = try HTTPAddress(url)
            let trust = options.text("--ca").map { Trust.file($0) } ?? .system
            tls = address.isTLS ? try TLSContext(trust: trust) : nil
        } catch {
            throw LoadFailure(64, "--url or --ca is of no use: \(error)")
        }
        endpoint = try options.endpoint("--connect") ?? address.endpoint
        let token = try TextFile.read(try options.required("--token-file"))
        authorization = HTTPHeader("Authorization", "Bearer \(token.filter { !$0.isWhitespace })")
        timeout = .milliseconds(Int64(try options.number("--timeout", default: 30, units: ["s"]) * 1000))
    }

    func connect() throws(TransportError) -> HTTPConnection {
        try HTTPConnection(to: endpoint, serverName: address.host, tls: tls, timeout: timeout)
    }
}

/// Small files of text.
enum TextFile {
    static func read(_ path: String) throws(LoadFailure) -> String {
        guard let file = fopen(path, "re") else {
            throw LoadFailure(66, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
