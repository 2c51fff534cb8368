import EnvSchema
import Templates
import Testing

@testable import careinit

@Suite struct ValueCompletionTests {
    /// Folders and what is in them; a folder ends with `/`.
    private static let tree = [
        "/p/": ["certs/", "cert.pem", ".hidden", "bad\u{7}name"], "/p/certs/": ["fullchain.pem", "privkey.pem"],
        "/etc/": ["ssl/"],
    ]

    private static func names(_ folder: String) -> [(name: String, isFolder: Bool)] {
        (tree[folder] ?? []).map { ($0.hasSuffix("/") ? String($0.dropLast()) : $0, $0.hasSuffix("/")) }
    }

    @Test(arguments: [
        (ValueCompletion.nothing, "x", [String]()),
        (.words(["self-signed", "letsencrypt"]), "", ["self-signed", "letsencrypt"]),
        (.words(["self-signed", "letsencrypt"]), "L", ["letsencrypt"]),
        (.words(["self-signed", "letsencrypt"]), "x", []),
        (.path(folder: "/p"), "", ["cert.pem", "certs/"]), (.path(folder: "/p"), ".h", [".hidden"]),
        (.path(folder: "/p"), "certs/p", ["certs/privkey.pem"]), (.path(folder: "/p"), "/etc/", ["/etc/ssl/"]),
        (.path(folder: "/p"), "none/", []),
        (.timeZone, "europe/lond", ["Europe/London"]),
        (
            .timeZone, "America/N",
            [
                "America/Nassau", "America/New_York", "America/Nipigon", "America/Nome",
                "America/Noronha", "America/North_Dakota/", "America/Nuuk",
            ]
        ),
        (.timeZone, "Eu", ["Europe/"]),
    ])
    func `candidates begin with what was typed`(_ completion: ValueCompletion, _ typed: String, _ found: [String])
    {
        #expect(completion.candidates(for: typed, names: Self.names) == found)
    }

    @Test(arguments: [
        ("", ["cert.pem", "certs/"], "cert"), ("l", ["letsencrypt"], "letsencrypt"), ("x", [], "x"),
        ("EUROPE/L", ["Europe/London", "Europe/Lisbon"], "Europe/L"), ("ab", ["abc", "ABC"], "ab"),
        ("", ["café", "cafe"], "caf"), ("日", ["日本語", "日本"], "日本"),
    ])
    func `completes as far as all candidates agree`(_ typed: String, _ candidates: [String], _ completed: String) {
        #expect(ValueCompletion.complete(typed, to: candidates) == completed)
    }

    @Test(arguments: [
        (ValueCompletion.words(["a", "ab"]), ["ab"], "ab", ["a", "ab"]), (.words(["a", "b"]), ["b"], "", ["b"]),
        (.path(folder: "/"), ["/etc/ssl/", "/etc/ssh"], "/etc/ss", ["ssl/", "ssh"]), (.nothing, [], "x", []),
    ])
    func `lists last components, and for a complete word the others too`(
        _ completion: ValueCompletion, _ candidates: [String], _ typed: String, _ listed: [String]
    ) {
        #expect(completion.list(candidates, for: typed) == listed)
    }

    @Test(arguments: [
        ("TLS_MODE", ValueCompletion.words(["self-signed", "letsencrypt", "files"])),
        ("SMTP_SECURE", .words(["true", "false"])), ("TLS_CERT_PATH", .path(folder: "/p")),
        ("APP_NAME", .nothing), ("DB_PASSWORD", .nothing),
    ])
    func `the type of a variable tells what can be completed`(_ name: String, _ completion: ValueCompletion) throws
    {
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment))
        let variable = try #require(schema[name])
        #expect(ValueCompletion(variable: variable, folder: "/p") == completion)
    }

    @Test func `a time zone is completed, and a secret is not whatever its type`() throws {
        let template = """
            # @defaultRequired=false @defaultSensitive=false
            # ---

            # @type=string
            # careinit: type=time-zone
            ZONE=UTC

            # @sensitive @type=boolean
            HIDDEN=

            """
        let schema = try Schema(template: EnvDocument(parsing: Array(template.utf8)))
        #expect(ValueCompletion(variable: try #require(schema["ZONE"]), folder: "/") == .timeZone)
        #expect(ValueCompletion(variable: try #require(schema["HIDDEN"]), folder: "/") == .nothing)
    }
}
