import Certs
import Foundation
import Testing
import Transport

@testable import careinit

/// The mail server proof against servers that fail at each step.
@Suite struct MailProofTests {
    typealias Step = ScriptedMailServer.Step

    static let password = "Kanarienvogel-7"
    /// Up to where TLS stands and EHLO is answered.
    static let opening: [Step] = [
        .say("220 mail ready"), .hear, .say("250-mail"), .say("250 STARTTLS"), .hear, .say("220 go ahead"), .tls,
        .hear, .say("250-mail"), .say("250 AUTH PLAIN LOGIN"),
    ]
    static let loggedIn: [Step] = opening + [.hear, .say("235 welcome")]

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var script: [Step]
        /// The layer that must fail, and words of the reason.
        var layer: String
        var reason: String
        var passed: [String]
    }

    static let tlsLayers = ["TCP", "greeting", "EHLO", "STARTTLS", "TLS", "certificate"]
    static let rows = [
        Row(testDescription: "closes at once", script: [], layer: "greeting", reason: "closes", passed: ["TCP"]),
        Row(
            testDescription: "takes no mail", script: [.say("554 not from your network"), .hear],
            layer: "greeting",
            reason: "554 not from your network", passed: ["TCP"]),
        Row(
            testDescription: "is no mail server", script: [.say("SSH-2.0-OpenSSH_9.2"), .hear], layer: "greeting",
            reason: "no mail server", passed: ["TCP"]),
        Row(
            testDescription: "says nothing", script: [.silence], layer: "greeting", reason: "says nothing",
            passed: ["TCP"]),
        Row(
            testDescription: "refuses EHLO", script: [.say("220 hi"), .hear, .say("502 what?"), .hear],
            layer: "EHLO", reason: "502 what?", passed: ["TCP", "greeting"]),
        Row(
            testDescription: "offers no STARTTLS", script: [.say("220 hi"), .hear, .say("250 mail"), .hear],
            layer: "STARTTLS", reason: "does not offer STARTTLS", passed: ["TCP", "greeting", "EHLO"]),
        Row(
            testDescription: "refuses STARTTLS",
            script: [.say("220 hi"), .hear, .say("250-m"), .say("250 STARTTLS"), .hear, .say("454 later"), .hear],
            layer: "STARTTLS", reason: "454 later", passed: ["TCP", "greeting", "EHLO"]),
        Row(
            testDescription: "is talked over before TLS",
            script: [
                .say("220 hi"), .hear, .say("250-m"), .say("250 STARTTLS"), .hear,
                .say("220 go\r\n250 AUTH PLAIN"),
                .silence,
            ], layer: "STARTTLS", reason: "in the clear", passed: ["TCP", "greeting", "EHLO"]),
        Row(
            testDescription: "hangs in the handshake",
            script: [
                .say("220 hi"), .hear, .say("250-m"), .say("250 STARTTLS"), .hear, .say("220 go"), .silence,
            ], layer: "TLS", reason: "no TLS handshake in time", passed: ["TCP", "greeting", "EHLO", "STARTTLS"]),
        Row(
            testDescription: "offers no login",
            script: Array(opening.dropLast(2)) + [.say("250 mail"), .hear], layer: "AUTH",
            reason: "offers no login", passed: tlsLayers),
        Row(
            testDescription: "offers a login that is not known",
            script: Array(opening.dropLast()) + [.say("250 AUTH XOAUTH2"), .hear], layer: "AUTH",
            reason: "only XOAUTH2", passed: tlsLayers),
        Row(
            testDescription: "refuses the login, and repeats the password",
            script: opening + [.hear, .say("535 5.7.8 not \(password)"), .hear], layer: "AUTH",
            reason: "535 5.7.8 not ********", passed: tlsLayers),
        Row(
            testDescription: "refuses the sender", script: loggedIn + [.hear, .say("553 not yours"), .hear],
            layer: "MAIL FROM", reason: "553 not yours", passed: tlsLayers + ["AUTH"]),
        Row(
            testDescription: "refuses the recipient",
            script: loggedIn + [.hear, .say("250 ok"), .hear, .say("550 5.7.1 no relay"), .hear], layer: "RCPT TO",
            reason: "550 5.7.1 no relay", passed: tlsLayers + ["AUTH", "MAIL FROM"]),
        Row(
            testDescription: "refuses DATA",
            script: loggedIn + [
                .hear, .say("250 ok"), .hear, .say("250 ok"), .hear, .say("451 full"), .hear,
            ], layer: "DATA", reason: "451 full (it may work later)",
            passed: tlsLayers + ["AUTH", "MAIL FROM", "RCPT TO"]),
        Row(
            testDescription: "refuses the mail itself",
            script: loggedIn + [
                .hear, .say("250 ok"), .hear, .say("250 ok"), .hear, .say("354 go"), .hearMail, .say("554 spam"),
                .hear,
            ], layer: "DATA", reason: "554 spam", passed: tlsLayers + ["AUTH", "MAIL FROM", "RCPT TO"]),
    ]

    let pair: CertificatePair

    init() throws {
        pair = try SelfSigned.make(names: ["127.0.0.1"], organization: "x", now: Clock.now())
    }

    private func proof(_ port: UInt16, mode: MailServer.Mode = .startTLS, trust: CertificatePair? = nil)
        -> MailProof
    {
        MailProof(
            server: MailServer(host: "127.0.0.1", port: port, mode: mode),
            login: .init(user: "alerts", password: Self.password), hello: "notes.example",
            sender: "alerts@care.example",
            senderName: "Care", application: "Notes", testMail: "duty@care.example",
            trust: .pem((trust ?? pair).certificatePEM), timeout: .seconds(8), usual: [])
    }

    private func run(_ proof: MailProof) -> ProofResult {
        var log = ProofLog()
        do throws(ProofStop) {
            try proof.run(&log)
            return ProofResult(layers: log.layers, verdict: .passed)
        } catch .failed(let problem) {
            return ProofResult(layers: log.layers, verdict: .failed(problem))
        } catch .skipped(let reason) {
            return ProofResult(layers: log.layers, verdict: .skipped(reason))
        } catch {
            return ProofResult(layers: log.layers, verdict: .skipped("unexpected"))
        }
    }

    @Test(arguments: rows)
    func `the step that fails is named, and those before it have passed`(_ row: Row) throws {
        let server = try ScriptedMailServer([row.script], pair: pair)
        let result = run(proof(server.port))
        let problem = try #require(result.problem, "\(result)")
        #expect(result.isFailed && problem.layer == row.layer && problem.reason.contains(row.reason), "\(result)")
        #expect(result.layers.map(\.name) == row.passed)
        #expect(!problem.fix.isEmpty && problem.suggestion.isEmpty)
        #expect(!"\(result)".contains(Self.password))
    }

    @Test func `a port where nothing listens is named`() throws {
        let port = try LoopbackPort.unused()
        let problem = try #require(run(proof(port)).problem)
        #expect(problem.layer == "TCP" && problem.reason == "127.0.0.1:\(port): connection refused")
    }

    @Test func `a name without an address is named`() throws {
        var proof = proof(25)
        proof.server.host = "no-such-host.invalid"
        proof.timeout = .seconds(20)
        let problem = try #require(run(proof).problem)
        #expect(problem.layer == "DNS" && problem.reason.contains("no-such-host.invalid"))
    }

    @Test func `a certificate for another name, or of nobody who is trusted, is refused before the password`()
        throws
    {
        let other = try SelfSigned.make(names: ["mail.example"], organization: "x", now: Clock.now())
        for (shown, trusted) in [(other, other), (pair, other)] {
            for (mode, script) in [(MailServer.Mode.startTLS, Self.loggedIn), (.implicitTLS, [.tls, .silence])] {
                let server = try ScriptedMailServer([script], pair: shown)
                let result = run(proof(server.port, mode: mode, trust: trusted))
                #expect(result.problem?.layer == "certificate", "\(result)")
                #expect(!server.heard.contains { $0.hasPrefix("AUTH") })
            }
        }
    }

    @Test func `a mail is handed in, in both modes and by both logins`() throws {
        let mail: [Step] = [
            .hear, .say("250 ok"), .hear, .say("250 ok"), .hear, .say("354 go"), .hearMail,
            .say("250 queued as 42"),
            .hear, .say("221 bye"),
        ]
        let twoSteps: [Step] = [
            .tls, .say("220 hi"), .hear, .say("250-m"), .say("250 AUTH LOGIN"), .hear, .say("334 VXNlcg=="), .hear,
            .say("334 UGFzcw=="), .hear, .say("235 ok"),
        ]
        let logins: [(MailServer.Mode, [Step], [String])] = [
            (.startTLS, Self.loggedIn, ["AUTH PLAIN " + Base64.encode(Array("\0alerts\0\(Self.password)".utf8))]),
            (.implicitTLS, twoSteps, ["alerts", Self.password].map { Base64.encode(Array($0.utf8)) }),
        ]
        for (mode, login, said) in logins {
            let server = try ScriptedMailServer([login + mail], pair: pair)
            let result = run(proof(server.port, mode: mode))
            #expect(result.verdict == .passed, "\(result)")
            #expect(result.layers.last == ProofLayer(name: "DATA", detail: "250 queued as 42"))
            let heard = server.heard
            #expect(said.allSatisfy(heard.contains))
            #expect(
                heard.contains("MAIL FROM:<alerts@care.example>") && heard.contains("RCPT TO:<duty@care.example>"))
            #expect(heard.contains("From: \"Care\" <alerts@care.example>") && heard.contains("EHLO notes.example"))
        }
    }

    // MARK: What works instead

    static let tlsFromTheStart: [Step] = [.tls, .say("220 hi"), .hear, .say("250 mail"), .hear, .say("221 bye")]

    @Test func `the port that works is suggested`() throws {
        let works = try ScriptedMailServer([Self.opening + [.hear]], pair: pair)
        let fails: [[Step]] = [[], [.silence], [.say("220 hi"), .hear, .say("250 mail"), .hear]]
        for script in fails {
            let server = try ScriptedMailServer([script], pair: pair)
            var proof = proof(server.port)
            proof.usual = [(works.port, .startTLS)]
            let problem = try #require(run(proof).problem)
            #expect(
                problem.suggestion == [
                    .init(variable: "SMTP_PORT", value: "\(works.port)"),
                    .init(variable: "SMTP_SECURE", value: "false"),
                ], "\(problem)")
            #expect(
                problem.fix == "STARTTLS on port \(works.port) works: SMTP_PORT=\(works.port) SMTP_SECURE=false")
        }
        #expect(!works.heard.contains { $0.hasPrefix("AUTH") })
    }

    @Test func `the other mode on the same port is found`() throws {
        // Asked for TLS, it says what it would say in the clear; then it is asked in the clear.
        let server = try ScriptedMailServer([[.say("220 hi"), .silence], Self.opening + [.hear]], pair: pair)
        let usual = try ScriptedMailServer([Self.opening + [.hear]], pair: pair)
        var proof = proof(server.port, mode: .implicitTLS)
        proof.usual = [(usual.port, .startTLS)]
        let problem = try #require(run(proof).problem)
        #expect(problem.layer == "TLS" && problem.reason.contains("may want STARTTLS"))
        #expect(problem.suggestion.map(\.value) == ["\(server.port)", "false"])
    }

    @Test func `TLS from the start on a port where Alertmanager cannot speak it is said, not suggested`() throws {
        let server = try ScriptedMailServer([[.tls], Self.tlsFromTheStart], pair: pair)
        let problem = try #require(run(proof(server.port)).problem)
        #expect(problem.layer == "greeting" && problem.suggestion.isEmpty)
        #expect(problem.fix.contains("Alertmanager speaks TLS from the start on port 465"))
    }

    @Test func `a proof stops where somebody wants it to`() throws {
        let server = try ScriptedMailServer([Self.loggedIn + [.hear]], pair: pair)
        var log = ProofLog(isCancelled: { true })
        #expect(throws: ProofStop.skipped("it was stopped after TCP")) { try proof(server.port).run(&log) }
    }
}
