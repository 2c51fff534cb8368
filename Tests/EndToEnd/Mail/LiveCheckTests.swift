import Foundation
import Testing

/// `careinit check --live` against a real mail server.
@Suite struct LiveCheckTests {
    let folder: ScratchFolder
    let path: String

    init() throws {
        folder = try ScratchFolder()
        path = try SettingsFiles.provision(in: folder)
    }

    private func set(_ settings: [(String, String)]) throws {
        var text = Files.text(path)
        for (name, value) in settings {
            text = SettingsFiles.replacing(name, by: "\(name)=\(value)", in: text)
        }
        try Files.write(Array(text.utf8), to: path)
    }

    private func configure(_ server: MailServerProcess, isImplicit: Bool = false, login: Bool = true) throws {
        // In double quotes: the password has single ones in it.
        let password = MailServerProcess.password.replacingOccurrences(of: "\"", with: "\\\"")
        try set([
            ("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", "\(server.port)"), ("SMTP_SECURE", "\(isImplicit)"),
            ("SMTP_USER", login ? MailServerProcess.user : ""), ("SMTP_PASS", login ? "\"\(password)\"" : ""),
            ("SMTP_FROM", MailServerProcess.user), ("ALERT_EMAIL_CRITICAL", "duty@care.example"),
        ])
    }

    private func check(_ server: MailServerProcess, _ arguments: String...) throws -> Outcome {
        let outcome = try run(
            [Programs.careinit, "check", "--live", "--section", "mail"] + arguments, in: folder.path,
            environment: ["SSL_CERT_FILE": server.certificate])
        #expect(!outcome.text.contains(MailServerProcess.password) && !outcome.text.contains("Kanarienvogel"))
        return outcome
    }

    /// The one proof of the JSON document.
    private func proof(_ outcome: Outcome) throws -> [String: Any] {
        try #require((JSON.object(outcome.output)["proofs"] as? [[String: Any]])?.first, "\(outcome)")
    }

    @Test(arguments: [true, false])
    func `a mail goes out with STARTTLS`(login: Bool) throws {
        let server = try MailServerProcess(.starttls, wantsLogin: login)
        try configure(server, login: login)
        let outcome = try check(server, "--test-mail", "duty@care.example")
        #expect(outcome.code == 0, "\(outcome)")
        #expect(outcome.output.contains("Mail: the mail server 127.0.0.1:\(server.port): passed"), "\(outcome)")
        #expect(missing(["TLS ok: TLS 1.3", "DATA ok: 250 kept"], in: outcome.error) == [], "\(outcome)")
        #expect(outcome.error.contains("AUTH ok") == login)
        let mail = try #require(server.mails.first)
        let words = ["from \(MailServerProcess.user) to ['duty@care.example']", "Subject: [careinit]"]
        #expect(missing(words, in: mail) == [] && server.mails.count == 1, "\(mail)")
    }

    @Test(arguments: [true, false])
    func `a mail goes out with TLS from the start, though the two settings contradict each other`(login: Bool)
        throws
    {
        let server = try MailServerProcess(.implicit, wantsLogin: login)
        try configure(server, isImplicit: true, login: login)
        let outcome = try check(server, "--test-mail", "duty@care.example", "--format", "json")
        // The contradiction is a finding all the same: any port but 465 is one with STARTTLS.
        #expect(outcome.code == 1 && outcome.output.contains("contradiction"), "\(outcome)")
        #expect(try proof(outcome)["state"] as? String == "passed")
        #expect(server.mails.count == 1)
    }

    @Test(arguments: [true, false])
    func `a server without TLS is refused at STARTTLS, and no mail is sent`(login: Bool) throws {
        let server = try MailServerProcess(.none, wantsLogin: login)
        try configure(server, login: login)
        let outcome = try check(server, "--test-mail", "duty@care.example", "--format", "json")
        let proof = try proof(outcome)
        #expect(outcome.code == 1 && proof["state"] as? String == "failed", "\(outcome)")
        #expect(proof["layer"] as? String == "STARTTLS")
        #expect(
            (proof["passed"] as? [[String: String]])?.compactMap { $0["name"] } == ["TCP", "greeting", "EHLO"])
        #expect(server.mails.isEmpty)
    }

    @Test func `without an address no mail is sent`() throws {
        let server = try MailServerProcess(.starttls, wantsLogin: true)
        try configure(server)
        let outcome = try check(server)
        #expect(outcome.code == 0 && outcome.output.contains("AUTH)"), "\(outcome)")
        #expect(server.mails.isEmpty)
    }

    @Test func `a wrong password fails at AUTH in every format`() throws {
        let server = try MailServerProcess(.starttls, wantsLogin: true)
        try configure(server)
        try set([("SMTP_PASS", "Kanarienvogel-8")])
        for (format, words) in [
            ("text", ["failed at AUTH", "535", "Fix: correct SMTP_USER"]), ("json", ["\"layer\" : \"AUTH\""]),
            ("github", ["::error file=.env,line=", "title=proof-failed::", "535"]),
            ("sarif", ["\"ruleId\" : \"proof-failed\"", "startLine"]),
        ] {
            let outcome = try check(server, "--format", format)
            #expect(outcome.code == 1 && missing(words, in: outcome.output) == [], "\(format): \(outcome)")
        }
    }

    @Test func `a certificate of nobody who is trusted fails before the login`() throws {
        let server = try MailServerProcess(.starttls, wantsLogin: true)
        try configure(server)
        let outcome = try careinit("check", "--live", "--section", "Mail", in: folder.path)
        #expect(outcome.code == 1 && outcome.output.contains("failed at certificate"), "\(outcome)")
        #expect(!outcome.error.contains("AUTH ok"))
    }

    @Test func `TLS from the start where STARTTLS is meant is found, with what works`() throws {
        let server = try MailServerProcess(.starttls, wantsLogin: false)
        try configure(server, isImplicit: true, login: false)
        let outcome = try check(server, "--format", "json")
        let proof = try proof(outcome)
        #expect(proof["layer"] as? String == "TLS", "\(outcome)")
        let suggestion = proof["suggestion"] as? [[String: String]] ?? []
        #expect(suggestion.compactMap { $0["value"] } == ["\(server.port)", "false"])
    }

    @Test func `without a stack or a mail server, what cannot be tried is not green`() throws {
        let outcome = try careinit("check", "--live", in: folder.path)
        #expect(outcome.code == 0, "\(outcome)")
        let words = [
            "Authentication: the keys and lifetimes of tokens: passed",
            "Mail: the mail server: not tried: SMTP_HOST",
            "Database:", "not tried: PostgreSQL of this stack does not run", "Proofs: 3 passed, 6 not tried",
        ]
        #expect(missing(words, in: outcome.output) == [], "\(outcome)")
    }
}
