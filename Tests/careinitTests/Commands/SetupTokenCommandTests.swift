import EnvSchema
import Secrets
import Testing

@testable import careinit

@Suite struct SetupTokenCommandTests {
    private let folder = TemporaryFolder()
    private let console = Console(usesColour: false, isInteractive: false, isQuiet: true)
    private static let now: Int64 = 1_795_439_405

    private func configuration() throws -> Configuration {
        let project = Project(
            environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit")
        let provisioner = try Provisioner(project: project, now: Self.now)
        let given = GivenAnswers(set: [:])
        let run = ProvisionRun(
            provisioner: provisioner, given: given, sheet: try provisioner.sheet(profile: .local, given: given),
            console: console)
        _ = try run()
        return try EnvironmentFile.requireValid(project, console: console)
    }

    private func request(_ options: [String: String] = [:]) throws(CommandFailure) -> SetupTokenRequest {
        try SetupTokenRequest(
            Invocation(
                command: SetupTokenCommand.command, values: options.mapValues { [$0] }, console: console))
    }

    private func read(_ token: String, _ configuration: Configuration) throws -> SetupToken {
        let key = SecretBytes(try configuration.string("JWT_SECRET"))
        return try SetupToken(
            verifying: token,
            SignedToken.Expectation(
                keys: [KeyID.of(key): key], issuer: try configuration.string("APP_URL"), now: Self.now))
    }

    @Test func `a token is for a new organisation, once, for a day`() throws {
        let configuration = try configuration()
        let tokens = try (0..<2).map { _ in
            try read(try request().token(configuration: configuration, now: Self.now), configuration)
        }
        #expect(tokens[0].id != tokens[1].id && tokens[0].organisation != tokens[1].organisation)
        #expect(tokens[0].scope.expiresAt == Self.now + 86_400)
    }

    @Test func `what it reads, the template gives careinit`() throws {
        let configuration = try configuration()
        _ = try request().token(configuration: configuration, now: Self.now)
        #expect(configuration.namesRead == ["APP_URL", "JWT_SECRET"])
    }

    @Test func `options name the organisation and the time`() throws {
        let upper = "3F2504E0-4F89-41D3-9A0C-0305E82C3301"
        let request = try request(["--organisation": upper, "--lifetime": "10m"])
        #expect(request.organisation == upper.lowercased() && request.lifetime == 600)
        let configuration = try configuration()
        let token = try read(try request.token(configuration: configuration, now: Self.now), configuration)
        #expect(token.organisation == upper.lowercased())
    }

    @Test(arguments: [("--organisation", "rosewood"), ("--lifetime", "25h"), ("--lifetime", "0s")])
    func `anything else is a usage error at its option`(option: String, value: String) {
        let failure = #expect(throws: CommandFailure.self) { try request([option: value]) }
        #expect(failure?.exitCode == .usage && failure?.place == option)
    }

    @Test func `the instructions say where and until when, without the token`() throws {
        let lines = try request().instructions(origin: "https://notes.example", now: Self.now)
        #expect(lines.contains { $0.contains("curl --json @setup.json https://notes.example/api/auth/setup") })
        #expect(lines.contains { $0.contains(Timestamp.text(Self.now + 86_400)) })
        #expect(!lines.contains { $0.contains("eyJ") })
    }
}
