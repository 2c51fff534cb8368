import EnvSchema
import Testing

@testable import careinit

@Suite struct GenerateCommandTests {
    private func request(_ options: [String: String]) throws -> GenerateRequest {
        let console = Console(usesColour: false, isInteractive: false, isQuiet: true)
        return try GenerateRequest(
            Invocation(command: GenerateCommand.command, values: options.mapValues { [$0] }, console: console),
            schema: try TemplateSource.environment().schema)
    }

    @Test func `without a word it is one secret, as nearly all of the template are`() throws {
        let request = try request([:])
        #expect(request.policy == .urlSafe(length: 43) && request.count == 1)
        let policies = try TemplateSource.environment().schema.variables.compactMap(\.generation)
        #expect(policies.count { $0 == GenerateRequest.standard } * 2 > policies.count)
    }

    @Test func `options name the kind and the count`() throws {
        #expect(try request(["--url-safe": "32", "--count": "7"]).policy == .urlSafe(length: 32))
        #expect(try request(["--hex": "16"]).policy == .hex(bytes: 16))
        #expect(try request(["--count": "100000"]).count == 100_000)
    }

    @Test func `every secret that the template has made is made by its rule`() throws {
        for variable in try TemplateSource.environment().schema.variables {
            guard let policy = variable.generation else { continue }
            #expect(try request(["--for": variable.name]).policy == policy)
            #expect(variable.findings(for: try policy.secret()).isEmpty, "\(variable.name)")
        }
    }

    @Test(
        arguments: [
            (["--url-safe": "31"], "--url-safe", "can be guessed"), (["--hex": "15"], "--hex", "can be guessed"),
            (["--url-safe": "4097"], "--url-safe", nil), (["--hex": "many"], "--hex", nil),
            (["--count": "0"], "--count", nil), (["--count": "-1"], "--count", nil),
            (["--for": "SMTP_PASS"], "--for", "somebody else"),
            (["--for": "NO_SUCH"], "--for", "no such variable"),
            (["--for": "JWT_SECRET", "--hex": "32"], "careinit generate", nil),
        ] as [([String: String], String, String?)])
    func `anything else is a usage error at its option, and says why`(
        options: [String: String], place: String, why: String?
    ) {
        let failure = #expect(throws: CommandFailure.self) { try request(options) }
        #expect(failure?.exitCode == .usage && failure?.place == place)
        #expect(why.map { failure?.why?.contains($0) == true } ?? (failure?.fix != nil), "\(failure as Any)")
    }

    @Test func `the nearest variable is proposed`() {
        let failure = #expect(throws: CommandFailure.self) { try request(["--for": "JWT_SECRT"]) }
        #expect(failure?.fix == "JWT_SECRET")
    }
}
