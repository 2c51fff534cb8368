import Certs

/// `careinit certs create`: a key and a certificate for it, signed by itself or by the local authority.
enum CertsCreateCommand {
    static let command = Command(
        name: "certs create",
        summary: "Make a key and a certificate, signed by the local authority or by itself.",
        options: [
            .init(name: "--self-signed", help: "Let it vouch for itself, instead of the local authority for it."),
            .init(
                name: "--name", value: "NAME",
                help: "A DNS name, *.name, IPv4 or IPv6 address besides the host of APP_URL.", isRepeated: true),
            .init(
                name: "--output", value: "DIR", help: "Where fullchain.pem and privkey.pem go (default: certs)."),
            .init(
                name: "--key-type", value: "TYPE",
                help: "p256 (default), p384, ed25519, or rsa2048 to rsa8192."),
            .init(name: "--days", value: "N", help: "How long it lives (default: as long as public ones may)."),
            .init(name: "--force", help: "Replace the files that are there."),
            .environmentFile,
        ],
        examples: [
            .init(
                line: "careinit certs create --name care.test --name 192.168.1.5",
                meaning: "For the host of APP_URL, if there is a .env, and for these two."),
            .init(line: "careinit certs trust", meaning: "Lets this machine trust what the authority signed."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let request = try CertificateRequest(invocation)
        let console = invocation.console
        let made = try request.make(now: Clock.now())
        if !console.isQuiet {
            for line in made { console.print(line) }
        }
        return .success
    }
}
