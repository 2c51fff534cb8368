import TestSupport
import Testing

@testable import EnvSchema

@Suite struct PlaceholderTests {
    /// In a secret and in any other value.
    static let placeholders = [
        "CHANGE_THIS_TO_A_STRONG_PASSWORD", "CHANGE_ME", "CHANGE_PASSWORD_BEFORE_USE", "change-me-please",
        "changeme", "changeme123",
        "change this", "ChangeMe!", "your-secret-key", "your_api_key", "your_jwt_secret_here",
        "sk_live_your-stripe-key",
        "whsec_your-webhook-secret", "your-email@gmail.com", "youremail@gmail.com", "you <your-email@gmail.com>",
        "https://your-key@sentry.io/1", "https://your-sentry-dsn@sentry.io/project-id", "https://yourdomain.com",
        "yourcompany",
        "alerts@your-domain.com", "https://your-domain.co.uk", "<password>", "<your password>",
        "{{ db_password }}", "{{PASSWORD}}",
        "__DB_PASSWORD__", "xxx", "XXXX-XXXX-XXXX", "xxx.xxx.xxx.xxx", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk_test_xxxxxxxxxxxx", "AKIAXXXXXXXXXXXXXXXX", "TBD", "tbc", "N/A", "TODO", "TODO: ask Jane", "FIXME",
        "dummy", "undefined",
        "replace-with-real-key", "REPLACE_ME", "placeholder", "insert-your-key-here", "********", "••••••••",
        "...", "???",
        "redis://:changeme@127.0.0.1:6379", "postgres://notes:CHANGE_ME@db:5432/notes", "sk_live_change_me",
    ]

    /// Only in a secret: elsewhere they may be the name of something.
    static let secretPlaceholders = [
        "password", "Password", "secret", "test", "none", "null", "admin", "foobar", "changeit", "letmein",
        "[password]", "%PASSWORD%",
        "your-homecare", "enter-password", "change-management",
    ]

    /// In what is no secret.
    static let names = [
        "https://your-homecare.co.uk", "WriteCareNotes", "exchange.care.co.uk", "notes@yourcare.co.uk", "max",
        "xx", "Maxxx Care",
        "changing@care.co.uk", "replaced", "test", "test-home", "secret-garden.co.uk", "password", "Todoist",
        "todos",
        "https://todo.care.co.uk", "change-makers.org.uk", "change_log", "exchange_me",
        "Rosewood <notes@rosewood.org.uk>", "Yourkshire",
        "yourkeyworker.co.uk", "Taxxxi", "Namibia", "NA", "${HOSTNAME}", "{\"a\": 1}", "{}", "a < b > c", "1 < 2",
        "*", "0 2 * * *",
        "--", "..", "__init", "[\"a\", \"b\"]", "[::1]", "Dummy Lane Care Home", "unsettled", "filling", "100%",
        "inserted",
        "example-care", "Tbdale", "https://{{", "https://<>/", "<1>", "Mayour Ltd",
    ]

    @Test(arguments: placeholders)
    func `a placeholder is one in a secret and in any other value`(_ value: String) throws {
        for template in ["# @sensitive\nA=\n", "# @sensitive\n# careinit: given\nA=\n", "A=\n"] {
            let variable = try #require(try CheckerTests.schema(template)["A"])
            #expect(variable.findings(for: value).map(\.code) == [.placeholder])
        }
    }

    @Test(arguments: secretPlaceholders)
    func `what may be a name is a placeholder in a secret only`(_ value: String) throws {
        for template in ["# @sensitive\nA=\n", "# @sensitive\n# careinit: given\nA=\n"] {
            let variable = try #require(try CheckerTests.schema(template)["A"])
            #expect(variable.findings(for: value).map(\.code) == [.placeholder])
        }
        #expect(try #require(try CheckerTests.schema("A=\n")["A"]).findings(for: value) == [])
    }

    @Test(arguments: names)
    func `a real value is none`(_ value: String) throws {
        let variable = try #require(try CheckerTests.schema("A=\n")["A"])
        #expect(variable.findings(for: value) == [])
    }

    @Test func `no random secret is one`() {
        var generator = SeededGenerator(seed: 5)
        for kind in SecretStrengthTests.kinds + [SecretStrengthTests.printable] {
            for _ in 0..<2000 {
                let value = kind.draw(&generator)
                #expect(!Placeholder.isPlaceholder(value, isSecret: true), "\(value)")
            }
        }
    }

    @Test func `the example of the template is one`() throws {
        let variable = try #require(try CheckerTests.schema("# @example=\"https://a.b\"\nA=\n")["A"])
        #expect(variable.findings(for: "https://a.b").map(\.code) == [.placeholder])
    }

    @Test(arguments: [
        ("example.com", true), ("notes.EXAMPLE.org", true), ("example.co.uk", true), ("a.test", true),
        ("x.invalid", true),
        ("example", true), ("example-care.co.uk", false), ("test.care.co.uk", false), ("myexample.com", false),
        ("", false), (".", false),
    ])
    func `a domain may be kept for documentation`(host: String, isReserved: Bool) {
        #expect(Placeholder.isReservedDomain(host) == isReserved)
    }
}
