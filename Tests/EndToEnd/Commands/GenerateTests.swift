import Testing

/// `careinit generate` as scripts call it.
@Suite struct GenerateTests {
    @Test func `each secret is a line of its own, and nothing is left behind`() throws {
        let folder = try ScratchFolder()
        let outcome = try careinit("generate", "--count", "100000", in: folder.path)
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(outcome.code == 0 && outcome.error.isEmpty && lines.last == "")
        #expect(lines.count == 100_001 && Set(lines).count == 100_001)
        #expect(lines.dropLast().allSatisfy { $0.utf8.count == 43 })
        #expect(Files.names(in: folder.path) == [])
    }

    @Test func `what is made for a variable is taken for it`() throws {
        let folder = try ScratchFolder()
        let path = try SettingsFiles.provision(in: folder)
        var text = Files.text(path)
        for name in ["JWT_SECRET", "ENCRYPTION_KEY", "GRAFANA_ADMIN_PASSWORD"] {
            let secret = try careinit("generate", "--for", name, in: folder.path).output.dropLast()
            #expect(secret.utf8.count == (name == "ENCRYPTION_KEY" ? 64 : 43))
            text = SettingsFiles.replacing(name, by: "\(name)=\(secret)", in: text)
        }
        try Files.write(Array(text.utf8), to: path)
        #expect(try careinit("check", in: folder.path).code == 0)
    }

    @Test func `a full disk is an error, and a reader that has enough is none`() throws {
        let full = try run(["sh", "-c", "\"$0\" generate > /dev/full", Programs.careinit], in: "/")
        #expect(full.code == 73 && full.error.contains("No space left on device"), "\(full)")
        let enough = try run(
            ["bash", "-o", "pipefail", "-c", "\"$0\" generate --count 1000000 | head -n 2", Programs.careinit],
            in: "/")
        #expect(enough.code == 0 && enough.error == "" && enough.output.split(separator: "\n").count == 2)
    }

    @Test func `too short a secret is refused with the reason`() throws {
        let outcome = try careinit("generate", "--url-safe", "12", in: "/")
        #expect(outcome.code == 64 && outcome.output == "", "\(outcome)")
        #expect(
            missing(["--url-safe", "at least 32 characters", "guessed"], in: outcome.error) == [], "\(outcome)")
    }
}
