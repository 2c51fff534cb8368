import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A run that was killed goes on, and a run that was finished can be given again.
@Suite struct WizardResumeTests {
    /// What somebody answers for a made-up company; Enter to everything else, and no to every proof.
    static let answers = [
        "APP_URL": "https://notes.rosewood-care.co.uk", "APP_NAME": "Rosewood Residential Home",
        "SMTP_HOST": "mail.rosewood-care.co.uk", "SMTP_USER": "notes",
        "SMTP_PASS": "Canary-mail-7Qx 'of' \"them\" $HOME",
        "SMTP_FROM": "notes@rosewood-care.co.uk", "ALERT_EMAIL_CRITICAL": "oncall@rosewood-care.co.uk",
        "LETSENCRYPT_EMAIL": "it@rosewood-care.co.uk", "Try": "n",
    ]

    private func begin(_ folder: ScratchFolder, on terminal: PseudoTerminal) throws -> WizardRun {
        let process = try terminal.start(
            [Programs.careinit, "wizard", "--profile", "production"], folder: folder.path)
        return WizardRun(terminal: terminal, process: process)
    }

    /// Answers up to the end, or up to the question of that number, which is left unanswered.
    ///
    /// - Returns: The questions, in order.
    private func answer(_ wizard: WizardRun, before number: Int = .max) throws -> [String] {
        var questions: [String] = []
        while true {
            let question = try wizard.nextQuestion()
            if questions.count == number { return questions }
            guard questions.count < WizardRun.limit else { throw HarnessError("the questions do not end") }
            questions.append(question)
            wizard.reply(to: question, Self.answers)
            if WizardRun.asksForReview(question) { return questions }
        }
    }

    /// The `.env` with stars for what was made by chance.
    private func environment(_ folder: ScratchFolder) -> String {
        let generated = [
            "DB_PASSWORD", "REPLICATION_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET", "JWT_REFRESH_SECRET",
            "ENCRYPTION_KEY", "GRAFANA_ADMIN_PASSWORD",
        ]
        return generated.reduce(Files.text(folder[".env"])) { text, name in
            SettingsFiles.replacing(name, by: "\(name)=*", in: text)
        }
    }

    private func uninterrupted() throws -> (folder: ScratchFolder, questions: [String], screen: String) {
        let folder = try ScratchFolder()
        let terminal = try PseudoTerminal(columns: 500)
        let wizard = try begin(folder, on: terminal)
        let questions = try answer(wizard)
        #expect(try wizard.process.outcome().code == 0)
        return (folder, questions, terminal.screen())
    }

    @Test func `killed at any question, the next run offers to go on and writes the same file`() throws {
        let whole = try uninterrupted()
        let expected = environment(whole.folder)
        #expect(expected.contains("APP_NAME='Rosewood Residential Home'") && whole.questions.count > 8)
        #expect(whole.questions.count <= 18, "with the list of sections and the start, at most 20")
        for number in whole.questions.indices {
            let folder = try ScratchFolder()
            let first = try begin(folder, on: try PseudoTerminal())
            _ = try answer(first, before: number)
            first.process.send(SIGKILL)
            #expect(try first.process.outcome().ending == .signalled(SIGKILL))
            #expect(!Files.exists(folder[".env"]))
            let terminal = try PseudoTerminal()
            let second = try begin(folder, on: terminal)
            #expect(try second.nextQuestion().hasPrefix("Go on there?"), "\(whole.questions[number])")
            terminal.send("y\r")
            let rest = try answer(second)
            #expect(rest.count <= whole.questions.count - number + 2, "\(whole.questions[number]): \(rest)")
            #expect(try second.process.outcome().code == 0)
            #expect(environment(folder) == expected, "\(whole.questions[number])")
            #expect(!terminal.screen().contains("Canary"))
            #expect(Files.names(in: folder[".careinit/wizard"]) == ["template"])
        }
    }

    @Test func `the printed command gives the same answers in another folder`() throws {
        let (first, _, screen) = try uninterrupted()
        let line = try #require(
            screen.split(whereSeparator: \.isNewline).first { $0.hasPrefix("  careinit provision ") }.map(
                String.init))
        #expect(line.contains("--set 'SMTP_PASS=@FILE'") || line.contains("--set SMTP_PASS=@FILE"), "\(line)")
        #expect(!screen.contains("Canary"))
        #expect(!Files.text(first[".careinit/answers.env"]).contains("Canary"))
        let other = try ScratchFolder()
        try other.write(Self.answers["SMTP_PASS"] ?? "", to: "password")
        let command = line.replacing("careinit provision", with: "\(Programs.careinit) provision")
            .replacing("@FILE", with: "@password").replacing(first[".env"], with: other[".env"])
        let outcome = try run(["/bin/sh", "-c", command], in: other.path)
        // Without a certificate from Let's Encrypt it is not usable yet; the `.env` is written all the same.
        #expect(outcome.code == 1 && outcome.error.contains("the certificate is not usable yet"), "\(outcome)")
        #expect(environment(other) == environment(first))
        #expect(!outcome.text.contains("Canary"))
    }
}
