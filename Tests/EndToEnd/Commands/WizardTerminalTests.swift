import Testing

/// The wizard at a terminal: walked through, and left at every question.
@Suite struct WizardTerminalTests {
    let folder: ScratchFolder
    let terminal: PseudoTerminal

    init() throws {
        folder = try ScratchFolder()
        terminal = try PseudoTerminal()
    }

    private func wizard(_ environment: [String: String] = [:], section: String? = nil) throws -> WizardRun {
        let process = try terminal.start(
            [Programs.careinit, "wizard", "--profile", "local"] + (section.map { ["--section", $0] } ?? []),
            folder: folder.path, environment: environment)
        let isPlain = ["dumb", "no-such-terminal"].contains(environment["TERM"])
        return WizardRun(terminal: terminal, process: process, isPlain: isPlain)
    }

    @Test(arguments: ["xterm", "dumb", "no-such-terminal", "linux"])
    func `Enter at every question writes a file without findings`(type: String) throws {
        let wizard = try wizard(["TERM": type])
        let questions = try wizard.acceptEverything()
        #expect(questions > 2 && questions <= 8)
        try wizard.finish()
        #expect(try wizard.process.outcome().code == 0)
        #expect(terminal.settings == terminal.original)
        #expect(Files.mode(folder[".env"]) == 0o600)
        #expect(Files.mode(folder["certs/privkey.pem"]) == 0o600)
        let check = try careinit("check", in: folder.path)
        #expect(check.code == 0, "\(check)")
        expectNoSecret(on: terminal.screen())
    }

    /// What was generated is on no screen; the review shows stars.
    private func expectNoSecret(on screen: String) {
        let written = Files.text(folder[".env"])
        for name in ["DB_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET", "ENCRYPTION_KEY", "GRAFANA_ADMIN_PASSWORD"] {
            let secret = SettingsFiles.value(of: name, in: written) ?? ""
            #expect(secret.utf8.count >= 32)
            #expect(!screen.contains(secret))
            #expect(screen.contains("\(name)=********"))
        }
    }

    @Test func `a secret that is typed or pasted is never shown`() throws {
        let typed = "tYped-Canary-5kW9xQz2Lr7VnB3mHs8D"
        let pasted = "pAsted-Canary-1fG6jT4yUc0eRb9aZx2P"
        let wizard = try wizard(section: "database")
        try wizard.reach("DB_PASSWORD")
        terminal.send("\(typed)\r")
        try wizard.reach("REPLICATION_PASSWORD")
        terminal.send("\u{1B}[200~\(pasted)\u{1B}[201~\r")
        try wizard.acceptEverything()
        try wizard.finish()
        #expect(try wizard.process.outcome().code == 0)
        let written = Files.text(folder[".env"])
        #expect(SettingsFiles.value(of: "DB_PASSWORD", in: written) == typed)
        #expect(SettingsFiles.value(of: "REPLICATION_PASSWORD", in: written) == pasted)
        #expect(!terminal.screen().contains("Canary"))
    }

    @Test func `a wrong answer is refused with its reason, and asked for again`() throws {
        let wizard = try wizard(section: "web")
        try wizard.reach("HTTPS_PORT")
        // Ctrl-U empties the line in which the proposal stands.
        terminal.send("\u{15}99999\r")
        try terminal.expect("Fix: ")
        try wizard.nextQuestion()
        terminal.send("\u{15}9443\r")
        try wizard.acceptEverything()
        try wizard.finish("n")
        #expect(try wizard.process.outcome().code == 1)
        #expect(!Files.exists(folder[".env"]))
        #expect(terminal.screen().contains("HTTPS_PORT=9443"))
    }

    @Test func `a second run keeps what is there`() throws {
        let path = try SettingsFiles.provision(in: folder)
        let before = Files.read(path)
        let wizard = try wizard()
        try wizard.acceptEverything()
        try wizard.finish()
        #expect(try wizard.process.outcome().code == 0)
        #expect(Files.read(path) == before)
    }

    @Test func `Ctrl-C at any question leaves no file, and the terminal as it was`() throws {
        for number in 0..<(try countQuestions()) {
            let folder = try ScratchFolder()
            let terminal = try PseudoTerminal()
            let process = try terminal.start(
                [Programs.careinit, "wizard", "--profile", "local"], folder: folder.path)
            let wizard = WizardRun(terminal: terminal, process: process)
            try wizard.accept(number)
            let outcome = try wizard.interrupt()
            let screen = terminal.screen().suffix(300)
            #expect(outcome.code == 130, "question \(number): \(screen)")
            #expect(terminal.settings == terminal.original, "question \(number)")
            #expect(screen.contains("Nothing was written"), "question \(number): \(screen)")
            #expect(Files.names(in: folder.path) == [".careinit"], "question \(number)")
        }
    }

    /// With the question of the review.
    private func countQuestions() throws -> Int {
        let wizard = try wizard()
        let count = try wizard.acceptEverything()
        try wizard.finish("n")
        _ = try wizard.process.outcome()
        return count + 1
    }

    @Test(arguments: [15, 1, 3, 9] as [Int32])
    func `a signal that ends it leaves no file, and the terminal as it was`(signal: Int32) throws {
        let wizard = try wizard(section: "database")
        try wizard.reach("DB_PASSWORD")
        wizard.process.send(signal)
        #expect(try wizard.process.outcome().code == 128 + signal)
        #expect(Files.names(in: folder.path) == [".careinit"])
        // Nobody can clean up after SIGKILL.
        if signal != 9 { #expect(terminal.settings == terminal.original) }
    }

    @Test func `Ctrl-D leaves without writing`() throws {
        let wizard = try wizard(section: "database")
        try wizard.reach("DB_PASSWORD")
        terminal.send("\u{4}")
        #expect(try wizard.process.outcome().code == 1)
        #expect(terminal.settings == terminal.original)
        #expect(Files.names(in: folder.path) == [".careinit"])
    }

    @Test func `what somebody else writes meanwhile is shown before anything is written, and survives`() throws {
        let path = try SettingsFiles.provision(in: folder)
        let wizard = try wizard()
        try wizard.reach("APP_NAME")
        terminal.send("\u{15}Rosewood\r")
        try wizard.acceptEverything()
        try folder.write(Files.text(path) + "# theirs\nMEANWHILE=1\n", to: ".env")
        terminal.send("y\r")
        try terminal.expect("has changed since the wizard began")
        #expect(WizardRun.asksForReview(try wizard.nextQuestion()))
        try wizard.finish()
        #expect(try wizard.process.outcome().code == 0)
        let text = Files.text(path)
        #expect(text.contains("APP_NAME=Rosewood\n") && text.hasSuffix("# theirs\nMEANWHILE=1\n"))
    }
}
