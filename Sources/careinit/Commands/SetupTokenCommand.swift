import EnvSchema
import Secrets

/// `careinit setup-token`: the one-time token that makes the first administrator, in place of a default password.
enum SetupTokenCommand {
    static let command = Command(
        name: "setup-token",
        summary: "Print a one-time token that makes the first administrator of an organisation.",
        options: [
            .init(
                name: "--organisation", value: "UUID",
                help: "Make another administrator of an organisation that is there (default: a new organisation)."),
            .init(
                name: "--lifetime", value: "TIME",
                help: "How long it may be used, from 1s to 24h (default: 24h)."),
            .environmentFile,
        ],
        examples: [
            .init(
                line: "careinit setup-token",
                meaning: "A token, and on standard error how to use it, with the .env of this folder."),
            .init(
                line: "careinit setup-token --lifetime 10m > token.txt",
                meaning: "A token for a script, in a file of yours, for ten minutes."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let request = try SetupTokenRequest(invocation)
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        let configuration = try EnvironmentFile.requireValid(project, console: invocation.console)
        let now = Timestamp.now()
        invocation.console.print(try request.token(configuration: configuration, now: now))
        guard !invocation.console.isQuiet else { return .success }
        let origin = try configuration.string("APP_URL")
        request.instructions(origin: origin, now: now).forEach(invocation.console.note)
        return .success
    }
}

/// What a setup token is asked for.
struct SetupTokenRequest: Equatable {
    /// In seconds.
    static let standardLifetime: Int64 = 86_400

    /// Nil for a new organisation.
    var organisation: String?
    /// In seconds.
    var lifetime = standardLifetime

    /// - Throws: exit code 64 for what is no UUID or no lifetime.
    init(_ invocation: Invocation) throws(CommandFailure) {
        organisation = try TokenRequest.identifier(invocation, "--organisation")
        lifetime = try TokenRequest.lifetime(invocation) ?? Self.standardLifetime
    }

    /// The token, valid from `now` on, in seconds since 1970.
    func token(configuration: Configuration, now: Int64) throws -> String {
        let scope = TokenScope(issuer: try configuration.string("APP_URL"), now: now, lifetime: lifetime)
        let token = SetupToken(
            scope: scope, organisation: try organisation ?? SecretGenerator.uuid(), id: try SecretGenerator.uuid())
        return token.mint(key: SecretBytes(try configuration.string("JWT_SECRET")))
    }

    /// What to do with it. The token is not repeated: it stands on standard output, which may be a file.
    func instructions(origin: String, now: Int64) -> [String] {
        [
            "",
            "This token makes one administrator, once, until \(Timestamp.text(now + lifetime)). Whoever has it can do that.",
            "Write a file that only you can read, such as setup.json:",
            "  {\"setup_token\": \"THE TOKEN\", \"organisation\": \"Rosewood House\",",
            "   \"email\": \"you@example.org\", \"password\": \"12 characters or more\"}",
            "and send it, with --cacert FILE where no public authority signed the certificate:",
            "  curl --json @setup.json \(origin)/api/auth/setup",
            "The reply holds the tokens of a first session; POST \(origin)/api/auth/login gives others.",
        ]
    }
}
