import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What stops or ends the wizard: the terminal is given back as it was.
@Suite struct WizardSignalsTests {
    let folder: ScratchFolder
    let terminal: PseudoTerminal

    init() throws {
        folder = try ScratchFolder()
        terminal = try PseudoTerminal()
    }

    private func wizard(_ prefix: [String] = []) throws -> WizardRun {
        let process = try terminal.start(
            prefix + [Programs.careinit, "wizard", "--profile", "local"], folder: folder.path)
        return WizardRun(terminal: terminal, process: process)
    }

    private func expectNothingWritten() {
        #expect(!Files.exists(folder[".env"]))
        #expect(terminal.settings == terminal.original)
        // What is pasted is no longer marked.
        let screen = terminal.screen()
        let on = screen.ranges(of: "\u{1B}[?2004h").last?.lowerBound
        let off = screen.ranges(of: "\u{1B}[?2004l").last?.lowerBound
        if let on { #expect(off.map { $0 > on } ?? false) }
    }

    // SIGHUP, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGTERM: signal(7).
    @Test(arguments: [1, 3, 4, 5, 6, 7, 8, 11, 15] as [Int32])
    func `whatever signal ends it at a text, the terminal is as it was`(signal: Int32) throws {
        let wizard = try wizard()
        try wizard.reach("APP_NAME")
        wizard.process.send(signal)
        #expect(try wizard.process.outcome().code == 128 + signal)
        expectNothingWritten()
    }

    @Test(arguments: [5, 15] as [Int32])
    func `whatever signal ends it at a secret, the terminal is as it was`(signal: Int32) throws {
        let wizard = try wizard()
        try wizard.reachMailPassword()
        terminal.send("Canary")
        wizard.process.send(signal)
        #expect(try wizard.process.outcome().code == 128 + signal)
        expectNothingWritten()
        #expect(!terminal.screen().contains("Canary"))
    }

    @Test(arguments: [2, 15] as [Int32])
    func `a signal to it does not reach the script that runs it`(signal: Int32) throws {
        let script = "trap 'echo the script was hit' \(signal); \"$@\"; echo ended with $?"
        let wizard = try wizard(["/bin/sh", "-c", script, "sh"])
        try wizard.reach("APP_NAME")
        let identifier = try child(of: wizard).identifier
        kill(identifier, signal)
        if signal == SIGINT {
            try wizard.nextQuestion()
            kill(identifier, signal)
        }
        try terminal.expect("ended with \(128 + signal)")
        #expect(try wizard.process.outcome().code == 0)
        #expect(!terminal.screen().contains("the script was hit"))
    }

    @Test func `a terminal that goes away ends it`() throws {
        let wizard = try wizard()
        try wizard.reach("APP_NAME")
        terminal.hangUp()
        #expect(try wizard.process.outcome().code == 129)
        #expect(!Files.exists(folder[".env"]))
    }

    @Test func `a terminal that goes away ends it even where the signal is ignored`() throws {
        let wizard = try wizard(["/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh"])
        try wizard.reach("APP_NAME")
        terminal.hangUp()
        #expect(try wizard.process.outcome().code == 1)
        #expect(!Files.exists(folder[".env"]))
    }

    @Test(arguments: ["</dev/null", "2>/dev/null", "</dev/null 2>/dev/null"])
    func `where one of the two streams is no terminal, it names what to run instead`(streams: String) throws {
        let wizard = try wizard(["/bin/sh", "-c", "exec \"$@\" \(streams)", "sh"])
        #expect(try wizard.process.outcome().code == 64)
        if !streams.contains("2>") { try terminal.expect("careinit provision") }
        #expect(Files.names(in: folder.path).isEmpty)
    }

    // MARK: Ctrl-Z

    /// A shell with job control, in which the wizard runs up to a question.
    private func shell(_ options: String = "") throws -> WizardRun {
        let process = try terminal.start(
            ["/bin/dash", "-m"], folder: folder.path, environment: ["PS1": "ready> ", "ENV": ""])
        try terminal.expect("ready> ")
        terminal.send("\(Programs.careinit) wizard --profile local \(options)\r")
        return WizardRun(terminal: terminal, process: process, isPlain: options == "--plain")
    }

    /// Stops it, looks at the terminal as the shell has it, and lets it go on.
    private func stopAndContinue() throws {
        terminal.send("\u{1A}")
        try terminal.expect("Stopped")
        try terminal.expect("ready> ")
        #expect(terminal.settings == terminal.original)
        terminal.send("fg\r")
    }

    /// Types what is not shown, and waits until it was read: at Ctrl-Z a terminal forgets the rest (NOFLSH, termios(3)).
    private func sendUnseen(_ text: String, to wizard: WizardRun) throws {
        let entry = try child(of: wizard)
        let before = entry.bytesRead
        terminal.send(text)
        let limit = ContinuousClock.now + .seconds(30)
        while entry.bytesRead < before + text.utf8.count {
            guard ContinuousClock.now < limit else { throw HarnessError("what was typed was never read") }
            usleep(1_000)
        }
    }

    private func child(of wizard: WizardRun) throws -> ProcessEntry {
        try #require(ProcessEntry.all().first { $0.parent == wizard.process.identifier })
    }

    /// Writes, from the review on, and leaves the shell.
    private func write(_ wizard: WizardRun, value name: String) throws -> String? {
        try wizard.finish()
        try terminal.expect("ready> ")
        terminal.send("exit\r")
        _ = try wizard.process.outcome()
        return SettingsFiles.value(of: name, in: Files.text(folder[".env"]))
    }

    @Test func `Ctrl-Z and fg keep what was typed`() throws {
        let wizard = try shell()
        try wizard.reach("APP_NAME")
        terminal.send(WizardRun.emptied + "Rose")
        try terminal.expect("Rose")
        for _ in 0..<2 {
            try stopAndContinue()
            try terminal.expect("APP_NAME: Rose")
        }
        terminal.send("wood\r")
        try wizard.acceptEverything()
        #expect(try write(wizard, value: "APP_NAME") == "Rosewood")
    }

    @Test func `Ctrl-Z and fg keep what was typed of a secret, unseen`() throws {
        let wizard = try shell()
        try wizard.reachMailPassword()
        try sendUnseen("Canary-", to: wizard)
        try stopAndContinue()
        try terminal.expect("SMTP_PASS")
        terminal.send("7Qx\r")
        try wizard.answer(WizardRun.mail)
        #expect(try write(wizard, value: "SMTP_PASS") == "Canary-7Qx")
        #expect(!terminal.screen().contains("Canary"))
    }

    @Test func `Ctrl-Z and fg ask a plain question again`() throws {
        let wizard = try shell("--plain")
        try wizard.reach("APP_NAME")
        try stopAndContinue()
        try terminal.expect("APP_NAME")
        terminal.send("Rosewood\r")
        try wizard.acceptEverything()
        #expect(try write(wizard, value: "APP_NAME") == "Rosewood")
    }
}
