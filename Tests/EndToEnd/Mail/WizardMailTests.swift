import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The proof of the mail server, offered by the wizard, against a real one.
@Suite struct WizardMailTests {
    let folder: ScratchFolder
    let terminal: PseudoTerminal

    init() throws {
        folder = try ScratchFolder()
        terminal = try PseudoTerminal()
    }

    private func wizard(_ server: MailServerProcess?) throws -> WizardRun {
        let process = try terminal.start(
            [Programs.careinit, "wizard", "--profile", "local"], folder: folder.path,
            environment: server.map { ["SSL_CERT_FILE": $0.certificate] } ?? [:])
        return WizardRun(terminal: terminal, process: process)
    }

    private func answers(port: UInt16) -> [String: String] {
        [
            "SMTP_HOST": "127.0.0.1", "SMTP_PORT": "\(port)", "SMTP_USER": MailServerProcess.user,
            "SMTP_PASS": MailServerProcess.password, "SMTP_FROM": MailServerProcess.user,
            "ALERT_EMAIL_CRITICAL": "duty@care.example",
        ]
    }

    /// Answers until a question begins like that.
    @discardableResult
    private func reach(_ start: String, _ wizard: WizardRun, _ answers: [String: String]) throws -> String {
        for _ in 0..<WizardRun.limit {
            let question = try wizard.nextQuestion()
            if question.hasPrefix(start) { return question }
            wizard.reply(to: question, answers)
        }
        throw HarnessError("\(start) was never asked: \(terminal.screen().suffix(800))")
    }

    private func value(_ name: String) -> String? { SettingsFiles.value(of: name, in: Files.text(folder[".env"])) }

    /// The port that a proof falls back on is 587, which only root may hold.
    @Test(.enabled(if: Privileges.isRoot && Ports.isFree(587)))
    func `after a wrong port, the one that works is offered, taken and proved`() throws {
        let server = try MailServerProcess(.starttls, wantsLogin: true, port: 587)
        let answers = answers(port: try Ports.freeRun(of: 1))
        let wizard = try wizard(server)
        try reach("Try it?", wizard, answers)
        terminal.send("y\r")
        try terminal.expect("failed at TCP")
        try terminal.expect("use SMTP_PORT=587")
        try reach("1, 2 or 3", wizard, answers)
        terminal.send("2\r")
        try terminal.expect("AUTH ok")
        try terminal.expect("  passed")
        #expect(try wizard.complete(answers).code == 0)
        #expect(value("SMTP_PORT") == "587" && value("SMTP_SECURE") == "false")
        #expect(!terminal.screen().contains("Kanarienvogel") && server.mails.isEmpty)
    }

    @Test func `an address as the answer sends a test mail`() throws {
        let server = try MailServerProcess(.starttls, wantsLogin: true)
        let answers = answers(port: server.port)
        let wizard = try wizard(server)
        try reach("Try it?", wizard, answers)
        terminal.send("duty@care.example\r")
        try terminal.expect("DATA ok")
        #expect(try wizard.complete(answers).code == 0)
        #expect(server.mails.count == 1 && server.mails[0].contains("to ['duty@care.example']"))
    }

    @Test func `a failure can be accepted, and stands in the review`() throws {
        let answers = answers(port: try Ports.freeRun(of: 1))
        let wizard = try wizard(nil)
        try reach("1, 2 or 3", wizard, answers)
        terminal.send("3\r")
        try terminal.expect("Noted, and shown again in the review")
        try reach("Write the file?", wizard, answers)
        let review = terminal.screen().split(separator: "Review").last ?? ""
        #expect(review.contains("Accepted although a proof failed"))
        #expect(review.contains("! The mail server 127.0.0.1:\(answers["SMTP_PORT"] ?? ""): TCP: "))
        terminal.send("y\r")
        try reach("Start the stack now?", wizard, answers)
        terminal.send("n\r")
        #expect(try wizard.process.outcome().code == 0)
        #expect(value("SMTP_PORT") == answers["SMTP_PORT"])
    }
}
