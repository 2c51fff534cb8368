import Testing

/// Debian's pebble, an ACME authority of a test's own on loopback, and its DNS server, in which every name is 127.0.0.1. It
/// really looks at the host, for each order anew.
final class PebbleServer {
    /// The URL of its directory.
    let directory: String
    /// The authority that signs the certificates, in PEM.
    let rootPath: String
    private let ownPath: String
    private let names: RunningProcess
    private let server: RunningProcess

    /// What lets certbot trust the server, and careinit the certificates.
    var environment: [String: String] { ["REQUESTS_CA_BUNDLE": ownPath, "SSL_CERT_FILE": rootPath] }

    /// It looks for the answers to its challenges on `httpPort`, in place of port 80; its DNS says `address` of every name,
    /// or nothing where that is empty.
    init(in folder: ScratchFolder, httpPort: UInt16, address: String = "127.0.0.1") throws {
        let first = try Ports.freeRun(of: 5)
        (ownPath, rootPath) = (folder["pebble-own.pem"], folder["pebble-root.pem"])
        directory = "https://127.0.0.1:\(first)/dir"
        try Self.makeCertificate(in: folder)
        try folder.write(Self.configuration(first, httpPort: httpPort), to: "pebble.json")
        let dns = "127.0.0.1:\(first + 3)"
        names = try RunningProcess(
            ["pebble-challtestsrv", "-http01", "", "-https01", "", "-tlsalpn01", "", "-dns01", dns]
                + ["-management", "127.0.0.1:\(first + 4)", "-defaultIPv4", address, "-defaultIPv6", ""],
            .init(folder: folder.path))
        server = try RunningProcess(
            ["pebble", "-config", "pebble.json", "-dnsserver", dns],
            .init(
                folder: folder.path,
                environment: ["PEBBLE_VA_NOSLEEP": "1", "PEBBLE_AUTHZREUSE": "0", "PEBBLE_WFE_NONCEREJECT": "0"]))
        try fetchRoot("https://127.0.0.1:\(first + 1)/roots/0", folder)
    }

    private static func configuration(_ first: UInt16, httpPort: UInt16) -> String {
        """
        {"pebble": {"listenAddress": "127.0.0.1:\(first)", "managementListenAddress": "127.0.0.1:\(first + 1)",
        "certificate": "pebble-own.pem", "privateKey": "pebble-own-key.pem", "httpPort": \(httpPort),
        "tlsPort": \(first + 2), "certificateValidityPeriod": 7776000}}
        """
    }

    private static func makeCertificate(in folder: ScratchFolder) throws {
        let made = try run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2",
            ]
                + ["-subj", "/O=test", "-addext", "subjectAltName=IP:127.0.0.1"]
                + ["-keyout", "pebble-own-key.pem", "-out", "pebble-own.pem"], in: folder.path)
        try #require(made.code == 0, "\(made)")
    }

    private func fetchRoot(_ url: String, _ folder: ScratchFolder) throws {
        let root = try eventually("pebble's root") {
            guard server.isRunning else { throw HarnessError("pebble: \(try server.outcome())") }
            let reply = try run(["curl", "--silent", "--fail", "--cacert", ownPath, url], in: folder.path)
            return reply.code == 0 ? reply.output : nil
        }
        try folder.write(root, to: "pebble-root.pem", mode: 0o644)
    }
}
