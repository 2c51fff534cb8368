import EnvSchema
import Secrets
import Testing

@testable import careinit

@Suite struct TokenCommandTests {
    private let folder = TemporaryFolder()
    private let console = Console(usesColour: false, isInteractive: false, isQuiet: true)
    private static let now: Int64 = 1_795_439_405

    /// The settings of a stack on this machine, as provision writes them.
    private func configuration() throws -> Configuration {
        let project = Project(
            environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit")
        let provisioner = try Provisioner(project: project, now: Self.now)
        let given = GivenAnswers(set: ["JWT_EXPIRES_IN": "20m"])
        let run = ProvisionRun(
            provisioner: provisioner, given: given, sheet: try provisioner.sheet(profile: .local, given: given),
            console: console)
        _ = try run()
        return try EnvironmentFile.requireValid(project, console: console)
    }

    private func claims(_ token: String, _ configuration: Configuration) throws -> AccessToken.Claims {
        let key = SecretBytes(try configuration.string("JWT_SECRET"))
        return try AccessToken.verify(
            token, keys: [KeyID.of(key): key], issuer: try configuration.string("APP_URL"), now: Self.now)
    }

    private func invocation(_ options: [String: String]) -> Invocation {
        Invocation(command: TokenCommand.command, values: options.mapValues { [$0] }, console: console)
    }

    @Test func `a token is what carenotes accepts, for as long as the .env says`() throws {
        let configuration = try configuration()
        let token = try TokenRequest().token(configuration: configuration, now: Self.now)
        let claims = try claims(token, configuration)
        #expect(claims.organisation == TokenRequest.standardOrganisation)
        #expect(claims.subject == TokenRequest.standardSubject)
        #expect(claims.issuedAt == Self.now && claims.expiresAt == Self.now + 1200)
    }

    @Test func `no two tokens have the same id`() throws {
        let configuration = try configuration()
        let ids = try (0..<2).map { _ in
            try claims(try TokenRequest().token(configuration: configuration, now: Self.now), configuration).id
        }
        #expect(ids[0] != ids[1])
    }

    @Test func `what it reads, the template gives careinit, and the template says so`() throws {
        let configuration = try configuration()
        _ = try TokenRequest().token(configuration: configuration, now: Self.now)
        #expect(configuration.namesRead == ["APP_URL", "JWT_SECRET", "JWT_EXPIRES_IN"])
        let given = Set(configuration.schema.restricted(to: "careinit").variables.map(\.name))
        #expect(configuration.namesRead.isSubset(of: given))
    }

    @Test func `options say whose token it is and how long it lives`() throws {
        let upper = "3F2504E0-4F89-41D3-9A0C-0305E82C3301"
        let request = try TokenRequest(
            invocation(["--organisation": upper, "--subject": upper, "--lifetime": "90s"]))
        #expect(
            request == TokenRequest(organisation: upper.lowercased(), subject: upper.lowercased(), lifetime: 90))
        #expect(try TokenRequest(invocation([:])) == TokenRequest())
    }

    @Test(arguments: [
        ("--organisation", ""), ("--organisation", "rosewood"),
        ("--subject", "3f2504e0-4f89-41d3-9a0c-0305e82c330"),
        ("--subject", "3f2504e0-4f89-41d3-9a0c-0305e82c330g"), ("--lifetime", "0s"), ("--lifetime", "25h"),
        ("--lifetime", "15"), ("--lifetime", "-1m"), ("--lifetime", "500ms"),
    ])
    func `anything else is a usage error at its option`(option: String, value: String) {
        let failure = #expect(throws: CommandFailure.self) { try TokenRequest(invocation([option: value])) }
        #expect(failure?.exitCode == .usage && failure?.place == option)
    }
}
