import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The password that a mail provider gave, put to work in the stack that runs.
extension RotationTests {
    private func configure(_ server: MailServerProcess, password: String) throws {
        var text = stack.settings
        for (name, value) in [
            ("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", "\(server.port)"), ("SMTP_SECURE", "false"),
            ("SMTP_USER", MailServerProcess.user), ("SMTP_PASS", password),
            ("SMTP_FROM", MailServerProcess.user), ("ALERT_EMAIL_CRITICAL", "duty@care.example"),
        ] {
            text = SettingsFiles.replacing(name, by: "\(name)=\(value)", in: text)
        }
        try Files.write(Array(text.utf8), to: stack.folder[".env"])
        let up = try stack.careinit("up")
        try #require(up.code == 0, "\(up)")
    }

    private func give(_ password: String, _ server: MailServerProcess, _ words: String...) throws -> Outcome {
        try run(
            [Programs.careinit, "rotate-secrets", "SMTP_PASS", "--value-file", "-"] + words,
            in: stack.folder.path, environment: ["SSL_CERT_FILE": server.certificate], input: password + "\n",
            within: .seconds(120))
    }

    /// What Alertmanager logs in with.
    private var told: String {
        Files.text("\(stack.state)/generations/current/alertmanager/smtp.password")
    }

    /// Every file of the stack's own that rotations write.
    private var records: [String] {
        ["rotation.json", "rotation-values.env", "ages.env"].map { Files.text("\(stack.state)/secrets/\($0)") }
    }

    @Test func `the password of the mail server is published once it has logged in there`() throws {
        let before = stack.settings
        let server = try MailServerProcess(.starttls, wantsLogin: true)
        try configure(server, password: "the-one-of-before")
        let outcome = try give(MailServerProcess.password, server, "--verbose")
        #expect(outcome.code == 0 && outcome.output.contains("New and in use: SMTP_PASS."), "\(outcome)")
        #expect(
            missing(["prove   SMTP_PASS", "publish"], in: outcome.error) == []
                && !outcome.text.contains("Kanarienvogel"), "\(outcome)")
        #expect(told == MailServerProcess.password)
        let live = try run(
            [Programs.careinit, "check", "--live", "--section", "mail"], in: stack.folder.path,
            environment: ["SSL_CERT_FILE": server.certificate])
        #expect(live.code == 0 && live.output.contains("AUTH)"), "\(live)")
        try expectSettled("SMTP_PASS")
        // A container's Alertmanager has its files at places of its own.
        if StackRuntime.isNative { try expectAlert(at: server) }
        #expect(!records.joined().contains("Kanarienvogel") && records[2].contains("SMTP_PASS="))
        try Files.write(Array(before.utf8), to: stack.folder[".env"])
        #expect(try stack.careinit("up").code == 0)
    }

    /// An Alertmanager of the same configuration files, as the same user, beside the one that runs, since that one trusts the
    /// authorities of the machine only.
    private func expectAlert(at server: MailServerProcess) throws {
        let data = try ScratchFolder()
        let port = try Ports.freeRun(of: 1)
        let process = try RunningProcess([
            "env", "SSL_CERT_FILE=\(server.certificate)", "prometheus-alertmanager",
            "--config.file=\(stack.state)/generations/current/alertmanager/alertmanager.yml",
            "--storage.path=\(data.path)", "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
        ])
        _ = try eventually("Alertmanager listens") { Ports.isHeld("127.0.0.1", port) ? true : nil }
        let alert = #"[{"labels": {"alertname": "Kettle", "severity": "critical"}}]"#
        let sent = try run(
            ["curl", "--silent", "--fail", "--json", alert, "http://127.0.0.1:\(port)/api/v2/alerts"], in: "/")
        #expect(sent.code == 0, "\(sent)")
        do {
            try eventually("a mail of Alertmanager's", within: .seconds(40)) { server.mails.isEmpty ? nil : true }
        } catch {
            process.send(SIGTERM)
            throw HarnessError("\(error): \(try process.outcome())")
        }
        #expect(server.mails[0].contains("Kettle"))
    }

    @Test func `a password that does not log in is refused, and nothing has changed`() throws {
        let before = stack.settings
        let server = try MailServerProcess(.starttls, wantsLogin: true)
        try configure(server, password: "the-one-of-before")
        let (settings, kept, generation) = (stack.settings, records, Files.names(in: "\(stack.state)/generations"))
        let outcome = try give("Kanarienvogel-8", server)
        #expect(outcome.code == 1 && !outcome.text.contains("Kanarienvogel"), "\(outcome)")
        #expect(
            missing(
                ["SMTP_PASS does not log in", "nothing was changed", "AUTH", "535", "SMTP_USER"], in: outcome.error
            )
                == [], "\(outcome)")
        #expect(!outcome.error.contains("--resume"), "\(outcome)")
        #expect(stack.settings == settings && told == "the-one-of-before")
        #expect(!records[1].contains("SMTP_PASS") && records[2] == kept[2])
        #expect(Files.names(in: "\(stack.state)/generations") == generation)
        // Nothing is under way that would have to be ended first.
        #expect(try rotate("--resume", "--json").output.contains("\"nothing\""))
        let missing = try rotate("SMTP_PASS")
        #expect(missing.code == 65 && missing.error.contains("--value-file"), "\(missing)")
        try expectSettled("refused")
        try Files.write(Array(before.utf8), to: stack.folder[".env"])
        #expect(try stack.careinit("up").code == 0)
    }

    @Test func `killed while a password was tried that does not log in, it is taken back`() throws {
        let before = stack.settings
        let server = try MailServerProcess(.starttls, wantsLogin: true)
        try configure(server, password: "the-one-of-before")
        let settings = stack.settings
        try Files.write(Array("1".utf8), to: "\(stack.state)/run/test-kill-at")
        let killed = try give("Kanarienvogel-8", server)
        Files.remove("\(stack.state)/run/test-kill-at")
        #expect(killed.code == 137, "\(killed)")
        let resumed = try rotate("--resume")
        #expect(resumed.code == 1 && resumed.error.contains("--rollback"), "\(resumed)")
        // Neither does the old one log in any more, which is why there was to be another.
        let back = try rotate("--rollback", "--json")
        #expect(try JSON.object(back.output)["outcome"] as? String == "rolled-back", "\(back)")
        #expect(stack.settings == settings && told == "the-one-of-before" && !records[1].contains("="))
        try Files.write(Array(before.utf8), to: stack.folder[".env"])
        #expect(try stack.careinit("up").code == 0)
    }
}
