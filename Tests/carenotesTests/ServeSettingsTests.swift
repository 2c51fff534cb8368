import EnvSchema
import Secrets
import Templates
import Testing

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

struct ServeSettingsTests {
    @Test func `a wrong file is refused with 78 and the findings that check prints`() throws {
        let text = "APP_URL=https://localhost:8443\nJWT_SECRET=short\nPORT=no\nNO_SUCH=1\n"
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment)).restricted(to: "carenotes")
        let findings = Checker(schema: schema).findings(in: EnvDocument(parsing: Array(text.utf8)))
        try withFile(text) { path in
            let failure = #expect(throws: ServeFailure.self) { try ServeSettings.load(path) }
            #expect(failure == .invalidSettings(path: path, findings: findings))
            #expect(failure?.exitCode == 78)
            let lines = failure?.lines ?? []
            for finding in findings { #expect(lines.contains(FindingText.lines(finding, path: path)[0])) }
            #expect(!lines.contains { $0.contains("short") && $0.contains("JWT_SECRET=") })
        }
    }

    @Test func `a file that is not there is refused with 66`() {
        let failure = #expect(throws: ServeFailure.self) { try ServeSettings.load("/nowhere/carenotes.env") }
        #expect(failure?.exitCode == 66)
    }

    @Test func `a port that is taken is refused with 69`() throws {
        let taken = try ListeningSocket.open(port: 0)
        defer { close(taken) }
        let failure = #expect(throws: ServeFailure.self) {
            try ListeningSocket.open(port: ListeningSocket.port(of: taken))
        }
        #expect(failure?.exitCode == 69)
    }

    private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
        let path = "/tmp/carenotes-settings-\(try SecretGenerator.hex(bytes: 8)).env"
        try AtomicFile.write(Array(text.utf8), to: path)
        defer { unlink(path) }
        try body(path)
    }
}
