import Testing

/// Where `careinit provision` takes answers from, and what it says of a template that changed.
@Suite struct ProvisionAnswersTests {
    let folder: ScratchFolder
    private let secret = "Zq3vT8yLw1RkNf6BxHs2JdUc7PmEaG5oCanary"

    init() throws { folder = try ScratchFolder() }

    @Test func `one secret comes from standard input`() throws {
        let outcome = try careinit(
            "provision", "--profile", "local", "--set", "DB_PASSWORD=@-", in: folder.path, input: secret + "\n")
        #expect(outcome.code == 0 && !outcome.text.contains("Canary"), "\(outcome)")
        #expect(SettingsFiles.value(of: "DB_PASSWORD", in: Files.text(folder[".env"])) == secret)
    }

    @Test(arguments: [["--answers", "-"], ["--set", "REDIS_PASSWORD=@-"]])
    func `two things from standard input are refused`(_ other: [String]) throws {
        let outcome = try run(
            [Programs.careinit, "provision", "--profile", "local", "--set", "DB_PASSWORD=@-"] + other,
            in: folder.path, input: secret + "\n")
        #expect(
            outcome.code == 64 && missing(["--set DB_PASSWORD", "Fix: "], in: outcome.error) == [], "\(outcome)")
        #expect(!Files.exists(folder[".env"]))
    }

    @Test func `a secret is not read from a terminal, which would show it`() throws {
        let terminal = try PseudoTerminal()
        let process = try terminal.start(
            [Programs.careinit, "provision", "--profile", "local", "--set", "DB_PASSWORD=@-"], folder: folder.path)
        #expect(try process.outcome().code == 64)
        #expect(missing(["does not read from a terminal", "careinit wizard"], in: terminal.screen()) == [])
    }

    // MARK: A template that changed

    /// A folder of templates in which something of the present one is different.
    private func templates(_ change: (String) -> String) throws -> [String: String] {
        let kept = Files.text(folder[".careinit/wizard/template"])
        let path = folder[".env.production.template"]
        try Files.write(Array(change(kept).utf8), to: path)
        return ["CAREINIT_TEMPLATES": folder.path]
    }

    @Test func `a template that changed is told, once, by name`() throws {
        try SettingsFiles.provision(in: folder)
        #expect(Files.mode(folder[".careinit/wizard/template"]) == 0o600)
        let newer = try templates { text in
            SettingsFiles.replacing("HTTP_PORT", by: "HTTP_PORT=8081", in: text)
                .replacing("\nLOG_LEVEL=", with: "\nLOG_VERBOSITY=")
                + "\n# careinit: retired=LOG_LEVEL use=LOG_VERBOSITY\n"
        }
        let words = [
            "new: LOG_VERBOSITY", "changed: HTTP_PORT: its default is 8081", "retired: LOG_LEVEL: use LOG_VER",
        ]
        let planned = try careinit("provision", "--dry-run", in: folder.path, environment: newer)
        #expect(missing(words, in: planned.error) == [], "\(planned)")
        let json = try careinit("provision", "--json", in: folder.path, environment: newer)
        #expect(json.code == 0, "\(json)")
        #expect(
            missing(
                ["\"upgrade\" : {", "\"replacement\" : \"LOG_VERBOSITY\"", "\"variable\" : \"HTTP_PORT\""],
                in: json.output) == [], "\(json)")
        let again = try careinit("provision", in: folder.path, environment: newer)
        #expect(again.code == 0 && !again.error.contains("has changed since"), "\(again)")
    }
}
