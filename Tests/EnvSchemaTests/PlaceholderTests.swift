import EnvSchema
import Testing

@Suite struct PlaceholderTests {
    @Test(arguments: [
        "CHANGE_THIS_TO_A_STRONG_PASSWORD", "change-me-please", "changeme", "your-secret-key", "your_api_key",
        "sk_live_your-stripe-key", "whsec_your-webhook-secret", "your-email@gmail.com",
        "https://your-key@sentry.io/1", "<password>", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "alerts@your-domain.com",
        "https://your-domain.co.uk",
    ])
    func `a placeholder is one in a secret and in any other value`(_ value: String) throws {
        for template in ["# @sensitive\nA=\n", "A=\n"] {
            let variable = try #require(try CheckerTests.schema(template)["A"])
            #expect(variable.findings(for: value).map(\.code) == [.placeholder])
        }
    }

    @Test(arguments: [
        "https://your-homecare.co.uk", "WriteCareNotes", "exchange.care.co.uk", "notes@yourcare.co.uk", "max",
        "xx",
        "changing@care.co.uk", "replaced",
    ])
    func `a real value is none`(_ value: String) throws {
        let variable = try #require(try CheckerTests.schema("A=\n")["A"])
        #expect(variable.findings(for: value) == [])
    }

    @Test func `the example of the template is one`() throws {
        let variable = try #require(try CheckerTests.schema("# @example=\"https://a.b\"\nA=\n")["A"])
        #expect(variable.findings(for: "https://a.b").map(\.code) == [.placeholder])
    }
}
