import Testing

/// Keys, pastes and the window's size at the wizard's questions.
@Suite struct WizardLineEditingTests {
    let folder: ScratchFolder
    let terminal: PseudoTerminal

    init() throws {
        folder = try ScratchFolder()
        terminal = try PseudoTerminal()
    }

    private func wizard(
        on terminal: PseudoTerminal? = nil, _ environment: [String: String] = [:], section: String? = nil
    ) throws -> WizardRun {
        let terminal = terminal ?? self.terminal
        let process = try terminal.start(
            [Programs.careinit, "wizard", "--profile", "local"] + (section.map { ["--section", $0] } ?? []),
            folder: folder.path, environment: environment)
        return WizardRun(terminal: terminal, process: process)
    }

    /// Takes what is left of the proposals, writes, and returns what the file has for the variable.
    private func finish(_ wizard: WizardRun, value name: String = "APP_NAME") throws -> String {
        try wizard.acceptEverything()
        return try write(wizard, value: name)
    }

    private func write(_ wizard: WizardRun, value name: String) throws -> String {
        try wizard.finish()
        #expect(try wizard.process.outcome().code == 0)
        #expect(wizard.terminal.settings == wizard.terminal.original)
        let value = SettingsFiles.value(of: name, in: Files.text(folder[".env"])) ?? ""
        return value.replacing(/^['"]|['"]$/, with: "")
    }

    @Test func `Tab completes a value, and a second one lists them`() throws {
        let wizard = try wizard(section: "web")
        try wizard.reach("TLS_MODE")
        terminal.send(WizardRun.emptied + "let\t")
        try terminal.expect("sencrypt")
        terminal.send(WizardRun.emptied + "\t\t")
        try terminal.expect("self-signed  letsencrypt  files\r\n")
        terminal.send("SELF\t\r")
        #expect(try finish(wizard, value: "TLS_MODE") == "self-signed")
    }

    @Test func `a second Tab behind a whole word shows the others`() throws {
        let wizard = try wizard(section: "web")
        try wizard.reach("TLS_MODE")
        terminal.send("\t\t")
        try terminal.expect("self-signed  letsencrypt  files\r\n")
        terminal.send("\r")
        #expect(try finish(wizard, value: "TLS_MODE") == "self-signed")
    }

    @Test func `Shift-Tab goes back to the question before`() throws {
        let wizard = try wizard()
        try wizard.reach("APP_NAME")
        terminal.send(WizardRun.emptied + "Rosewood\r")
        try wizard.nextQuestion()
        terminal.send("half an answer\u{1B}[Z")
        try terminal.expect("APP_NAME: Rosewood")
        terminal.send(" House\r")
        #expect(try finish(wizard) == "Rosewood House")
    }

    @Test func `Shift-Tab goes back from a secret too`() throws {
        let wizard = try wizard()
        try wizard.reachMailPassword()
        terminal.send("Canary\u{1B}[Z")
        try terminal.expect("SMTP_USER: notes")
        #expect(try wizard.interrupt().code == 130)
        #expect(!terminal.screen().contains("Canary"))
    }

    @Test func `the lines of a paste are one answer, given by Enter`() throws {
        let wizard = try wizard()
        try wizard.reach("APP_NAME")
        terminal.send(WizardRun.emptied + WizardRun.pasted("Rose\nwood\r\nHouse\n") + "!\r")
        #expect(try finish(wizard) == "Rose wood House!")
    }

    @Test func `long pastes are whole, of text and of secrets`() throws {
        let user = String(repeating: "long-user-", count: 600)
        let half = String(repeating: "Canary-5kW9xQ-", count: 500)
        let wizard = try wizard()
        var answers = WizardRun.mail
        answers["SMTP_USER"] = WizardRun.pasted(user + "\n")
        answers["SMTP_PASS"] = WizardRun.pasted("\(half)\n\(half)\n")
        try wizard.answer(answers)
        #expect(try write(wizard, value: "SMTP_USER") == user)
        #expect(SettingsFiles.value(of: "SMTP_PASS", in: Files.text(folder[".env"])) == half + half)
        #expect(!terminal.screen().contains("Canary"))
    }

    @Test func `a paste beyond every limit is not taken, and nothing of it answers`() throws {
        let wizard = try wizard()
        try wizard.reach("APP_NAME")
        terminal.send(WizardRun.emptied + WizardRun.pasted(String(repeating: "0123456789\n", count: 7_000)))
        try terminal.expect("nothing of it was taken")
        terminal.send("Rosewood\r")
        #expect(try finish(wizard) == "Rosewood")
    }

    @Test func `what is typed outlives a change of the window's size`() throws {
        let wizard = try wizard()
        try wizard.reach("APP_NAME")
        terminal.send(WizardRun.emptied + "Rosewood Residential Home of Northampton")
        try terminal.expect("Northampton")
        for columns in [30, 40, 200] as [UInt16] {
            terminal.resize(columns: columns)
            // Drawn anew, as wide as it is now.
            try terminal.expect("APP_NAME:")
        }
        terminal.send("\r")
        #expect(try finish(wizard) == "Rosewood Residential Home of Northampton")
    }

    @Test(arguments: ["C", "C.UTF-8", "no_SUCH.locale", "POSIX"])
    func `every character can be typed and erased, in any locale`(locale: String) throws {
        let wizard = try wizard(["LANG": locale])
        try wizard.reach("APP_NAME")
        terminal.send(WizardRun.emptied + "Café 日本語\u{7F}x e\u{301} ż\r")
        #expect(try finish(wizard).unicodeScalars.elementsEqual("Café 日本x e\u{301} ż".unicodeScalars))
    }

    @Test func `a terminal of 40 columns will do`() throws {
        let terminal = try PseudoTerminal(columns: 40)
        let wizard = try wizard(on: terminal)
        try wizard.reach("APP_NAME")
        terminal.send(WizardRun.emptied + "Rosewood Residential Home of Northampton\r")
        #expect(try finish(wizard) == "Rosewood Residential Home of Northampton")
    }

    @Test func `Ctrl-C is heard however early it comes`() throws {
        let wizard = try wizard()
        try terminal.expect("careinit wizard")
        terminal.send("\u{3}")
        // The second is one of its own once the menu stands: two that come at once are one.
        try terminal.expect("1 to 4")
        terminal.send("\u{3}")
        #expect(try wizard.process.outcome().code == 130)
        #expect(terminal.settings == terminal.original)
    }

    @Test func `what is typed ahead of a secret is neither shown nor taken`() throws {
        let wizard = try wizard()
        try wizard.reach("SMTP_HOST")
        terminal.send(WizardRun.emptied + "mail.example.net\r")
        try wizard.reach("SMTP_USER")
        terminal.sendAtOnce(WizardRun.emptied + "notes\rCanary-too-early")
        try wizard.reach("SMTP_PASS")
        terminal.send("Canary-7Qx\r")
        try wizard.answer(WizardRun.mail)
        #expect(try write(wizard, value: "SMTP_PASS") == "Canary-7Qx")
        #expect(!terminal.screen().contains("Canary"))
    }
}
