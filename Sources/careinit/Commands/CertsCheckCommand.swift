import Certs

/// `careinit certs check`: the ten things that go wrong with a server's certificate.
enum CertsCheckCommand {
    static let command = Command(
        name: "certs check",
        summary: "Check a certificate, its key, its chain and certbot's folder, and what the server shows of it.",
        arguments: [
            .init(name: "DIR", help: "A folder with fullchain.pem and privkey.pem (default: as the .env says).")
        ],
        options: [
            .init(name: "--cert", value: "FILE", help: "The certificate and its chain, in PEM; with --key."),
            .init(name: "--key", value: "FILE", help: "Its private key, in PEM."),
            .init(name: "--connect", value: "HOST:PORT", help: "Ask this server, and compare with the files."),
            .init(
                name: "--host", value: "NAME", help: "A host that it must be for (default: that of APP_URL).",
                isRepeated: true),
            .init(name: "--ca", value: "FILE", help: "The trusted authorities, in PEM (default: the system's)."),
            .init(
                name: "--at", value: "TIME", help: "When to judge, such as 2026-11-24T12:00:00Z (default: now)."),
            .init(
                name: "--format", value: "FORMAT", help: "text for people (default), or json for programs.",
                values: ["text", "json"]),
            .json, .environmentFile,
        ],
        examples: [
            .init(line: "careinit certs check", meaning: "The certificate that the .env names."),
            .init(
                line: "careinit certs check /etc/letsencrypt/live/care.example --connect care.example:443",
                meaning: "certbot's folder, and whether the server shows what lies there."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let isJSON = try CertificateOptions.isJSON(invocation)
        let check = CertificateCheck(
            target: try CertificateTarget.resolve(invocation), server: try server(invocation),
            anchors: try anchors(invocation), now: try CertificateOptions.time(invocation))
        let report = try check.run()
        if isJSON {
            invocation.console.print(try report.json())
        } else if !invocation.console.isQuiet || !report.isGood {
            for line in report.text { invocation.console.print(line) }
        }
        return report.isGood ? .success : .failure
    }

    private static func server(_ invocation: Invocation) throws(CommandFailure) -> ServerAddress? {
        guard let text = invocation.value("--connect") else { return nil }
        guard var server = ServerAddress(text) else {
            throw CommandFailure(
                .usage, "\"\(text)\" is no server", place: "--connect", fix: "--connect care.example:443")
        }
        if let name = invocation.values["--host"]?.first { server.name = name }
        return server
    }

    /// The bundles of Debian, and of other distributions.
    private static let bundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]

    private static func anchors(_ invocation: Invocation) throws(CommandFailure) -> [UInt8]? {
        if invocation.has("--ca") { return try CertificateOptions.file("--ca", of: invocation) }
        return systemAnchors
    }

    /// The authorities that this machine trusts, in PEM; nil where it has none.
    static var systemAnchors: [UInt8]? {
        bundles.lazy.compactMap { FileSystem.read($0, limit: 4 << 20) }.first
    }
}
