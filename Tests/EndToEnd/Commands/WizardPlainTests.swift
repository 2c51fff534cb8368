import Testing

/// The wizard for screen readers and simple terminals.
@Suite struct WizardPlainTests {
    let folder: ScratchFolder
    let terminal: PseudoTerminal

    init() throws {
        folder = try ScratchFolder()
        terminal = try PseudoTerminal()
    }

    private func wizard(_ words: [String] = [], _ environment: [String: String] = [:]) throws -> WizardRun {
        let process = try terminal.start(
            [Programs.careinit, "wizard", "--profile", "local"] + words, folder: folder.path,
            environment: environment)
        return WizardRun(terminal: terminal, process: process, isPlain: true)
    }

    private func value(_ name: String) -> String? {
        SettingsFiles.value(of: name, in: Files.text(folder[".env"]))
    }

    @Test(
        arguments: [
            (["--plain"], ["NO_COLOR": ""]), ([], ["ACCESSIBLE": "1", "NO_COLOR": ""]),
            ([], ["TERM": "dumb"]), ([], ["TERM": ""]),
        ] as [([String], [String: String])])
    func `lines are only appended, choices are numbered, and secrets unseen`(
        _ words: [String], _ environment: [String: String]
    ) throws {
        let wizard = try wizard(words, environment)
        try wizard.answer(WizardRun.mail) { name in
            if name == "SMTP_SECURE" { try chooseByNumber(wizard) }
        }
        try wizard.finish()
        #expect(try wizard.process.outcome().code == 0)
        #expect(terminal.settings == terminal.original)
        #expect(value("SMTP_SECURE") == "false")
        #expect(value("SMTP_PASS") == WizardRun.mail["SMTP_PASS"])
        let screen = terminal.screen()
        #expect(!screen.contains("\u{1B}"))
        #expect(!screen.contains("Canary"))
        #expect(screen.contains("  1) true\r\n  2) false\r\n"))
    }

    /// The first, which contradicts the port and is refused, then the second.
    private func chooseByNumber(_ wizard: WizardRun) throws {
        terminal.send("1\r")
        #expect(try wizard.nextQuestion().hasSuffix("[false]: "))
        terminal.send("2")
    }

    @Test func `the lines of a paste do not answer the next questions`() throws {
        let wizard = try wizard(["--plain"])
        try wizard.reach("APP_NAME")
        terminal.sendAtOnce("Rosewood\rnext\rand next\r")
        try terminal.expect("is dropped")
        try wizard.acceptEverything()
        try wizard.finish()
        #expect(try wizard.process.outcome().code == 0)
        #expect(value("APP_NAME") == "Rosewood")
    }

    @Test func `a line that the kernel would cut is asked for again`() throws {
        let wizard = try wizard(["--plain"])
        try wizard.reach("APP_NAME")
        terminal.send(String(repeating: "x", count: 5_000) + "\r")
        try terminal.expect("it was not taken")
        try wizard.nextQuestion()
        terminal.send("Rosewood\r")
        try wizard.acceptEverything()
        try wizard.finish()
        #expect(try wizard.process.outcome().code == 0)
        #expect(value("APP_NAME") == "Rosewood")
    }
}
