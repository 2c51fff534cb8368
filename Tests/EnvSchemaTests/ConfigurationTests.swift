import EnvSchema
import Testing

@Suite struct ConfigurationTests {
    static let template = """
        # @type=port
        PORT=3001
        # @type=boolean
        FLAG=true
        # @type=duration
        LIFETIME=15m
        # @type=number(isInt=true)
        WAIT=250
        NAME=
        # careinit: retired=OLD

        """

    private func configuration(_ text: String) throws -> Configuration {
        try Configuration(
            document: EnvDocument(parsing: Array(text.utf8)), schema: try CheckerTests.schema(Self.template))
    }

    @Test func `readers convert, and fall back to the template`() throws {
        let configuration = try configuration("PORT=4001\nOLD=1\n")
        #expect(try configuration.port("PORT") == 4001)
        #expect(try configuration.boolean("FLAG"))
        #expect(try configuration.duration("LIFETIME") == .seconds(900))
        #expect(try configuration.milliseconds("WAIT") == .milliseconds(250))
        #expect(try configuration.integer("WAIT") == 250)
        #expect(try configuration.optional("NAME") == nil)
        #expect(configuration.warnings.map(\.code) == [.retiredName])
        #expect(configuration.namesRead == ["PORT", "FLAG", "LIFETIME", "WAIT", "NAME"])
    }

    @Test func `a wrong question is an error`() throws {
        let configuration = try configuration("")
        #expect(throws: ConfigurationError(code: .unknownName, variable: "NOPE")) {
            try configuration.string("NOPE")
        }
        #expect(throws: ConfigurationError(code: .missing, variable: "NAME")) { try configuration.string("NAME") }
        #expect(throws: ConfigurationError(code: .wrongType, variable: "FLAG")) {
            try configuration.integer("FLAG")
        }
    }

    @Test func `a file with errors is refused with all of them`() throws {
        let error = #expect(throws: ConfigurationError.self) { try configuration("PORT=x\nFLAG=x\nOLD=1\n") }
        #expect(error?.findings.map(\.code) == [.invalidValue, .invalidValue, .retiredName])
    }
}
