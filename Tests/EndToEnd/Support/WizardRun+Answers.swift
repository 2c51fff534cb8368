extension WizardRun {
    /// Ctrl-U empties the line in which the proposal stands.
    static let emptied = "\u{15}"

    static func pasted(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }

    /// Types these answers where they are asked for, takes every other proposal, up to the question of the review. `before`
    /// does something at a question, before its answer is typed.
    func answer(_ answers: [String: String], before: (_ name: String) throws -> Void = { _ in }) throws {
        while true {
            let question = try nextQuestion()
            if Self.asksForReview(question) { return }
            let name = String(question.prefix { $0 != ":" && $0 != " " })
            try before(name)
            if let answer = answers[name] { terminal.send((isPlain ? "" : Self.emptied) + answer) }
            terminal.send("\r")
        }
    }

    /// What makes every question about mail be asked, and be answered well.
    static let mail = [
        "SMTP_HOST": "mail.example.net", "SMTP_USER": "notes", "SMTP_PASS": "Canary-mail-7Qx",
        "SMTP_FROM": "notes@care.co.uk", "ALERT_EMAIL_CRITICAL": "oncall@care.co.uk",
    ]

    /// Waits for the question for the password of the mail server.
    func reachMailPassword() throws {
        for name in ["SMTP_HOST", "SMTP_USER"] {
            try reach(name)
            terminal.send((isPlain ? "" : Self.emptied) + (Self.mail[name] ?? "") + "\r")
        }
        try reach("SMTP_PASS")
    }
}
