import EnvSchema
import Transport

/// Says why a mail server could not be used, and what helps.
struct MailWording {
    var server: MailServer
    /// Never shown, even where the server repeats it.
    var password: String?

    func problem(_ failure: MailFailure, working: [MailServer]) -> ProofProblem {
        var fix = fix(failure)
        var suggestion: [ProofProblem.Setting] = []
        if let usable = working.first(where: { $0.settings != nil }), let settings = usable.settings {
            suggestion = settings
            let values = settings.map { "\($0.variable)=\($0.value)" }.joined(separator: " ")
            fix = "\(usable.mode.words) on port \(usable.port) works: \(values)"
        } else if let other = working.first {
            fix =
                "\(other.mode.words) on port \(other.port) works, but Alertmanager speaks TLS from the start on port 465"
                + " only: ask the provider for port 465, or for a port with STARTTLS"
        }
        return ProofProblem(
            layer: failure.layer.rawValue, reason: redacted("\(server.place): \(reason(failure))"), fix: fix,
            suggestion: suggestion)
    }

    /// What the server says may hold anything, also what it was told.
    func redacted(_ text: String) -> String {
        var text = text
        if let password, !password.isEmpty {
            for secret in [password, Base64.encode(Array(password.utf8))] {
                text = text.replacing(secret, with: "********")
            }
        }
        return PrintableText.make(text, width: 300)
    }

    // MARK: Reasons

    private func reason(_ failure: MailFailure) -> String {
        switch failure.cause {
        case .notOffered(let mechanisms): notOffered(failure.layer, mechanisms)
        case .smtp(.transport(let error)): transport(error, failure.layer)
        case .smtp(.malformed): "what answers is no mail server, or speaks TLS where none is expected"
        case .smtp(.refused(let reply)): refused(reply, failure.layer)
        case .smtp(.wordsBeforeTLS):
            "something came in the clear after the server had agreed to TLS: somebody on the way may have put it there"
        case .smtp(.notEncrypted): "the connection is not encrypted, and a password is not sent over it"
        case .smtp(.unsafeText): "an address or a name cannot stand in a command to the server"
        case .stopped: "it was stopped"
        }
    }

    private func notOffered(_ layer: MailLayer, _ mechanisms: [String]) -> String {
        if layer == .startTLS { return "the server does not offer STARTTLS" }
        return mechanisms.isEmpty
            ? "the server offers no login, and SMTP_USER is set"
            : "the server offers no login with a password that careinit knows, only \(mechanisms.joined(separator: ", "))"
    }

    private func transport(_ error: TransportError, _ layer: MailLayer) -> String {
        switch (error, layer) {
        case (.timedOut(.receive), .greeting):
            "the connection stands, and the server says nothing"
                + (server.mode == .startTLS ? ": it may wait for TLS from the start" : "")
        case (.closed, .greeting): "the server closes the connection before it says anything"
        case (.tls, .tls) where server.mode == .implicitTLS:
            "no TLS comes about: the server may want STARTTLS instead"
        default: error.reason
        }
    }

    private func refused(_ reply: SMTPReply, _ layer: MailLayer) -> String {
        let later = reply.isTransient ? " (it may work later)" : ""
        return switch layer {
        case .greeting: "the server takes no mail from here: \(reply.text)\(later)"
        case .login: "the server refuses user name or password: \(reply.text)\(later)"
        case .sender: "the server refuses the sender: \(reply.text)\(later)"
        case .recipient: "the server refuses the recipient: \(reply.text)\(later)"
        case .data: "the server refuses the mail itself: \(reply.text)\(later)"
        default: "the server refuses \(layer.rawValue): \(reply.text)\(later)"
        }
    }

    // MARK: Fixes

    private func fix(_ failure: MailFailure) -> String {
        switch failure.layer {
        case .dns: "correct SMTP_HOST; getent ahosts \(server.host) shows what it leads to"
        case .tcp:
            "correct SMTP_HOST and SMTP_PORT (587 for STARTTLS, 465 for TLS from the start), or open the firewall:"
                + " many networks block mail ports"
        case .certificate:
            "name the host that the certificate is for, or let the server have a certificate that this"
                + " machine trusts"
        case .tls, .greeting, .hello:
            "ask the mail provider for host, port and kind of TLS (SMTP_HOST, SMTP_PORT, SMTP_SECURE)"
        case .startTLS: "use a port with TLS: Alertmanager hands in no mail in the clear"
        case .login:
            failure.cause == .notOffered(mechanisms: [])
                ? "empty SMTP_USER and SMTP_PASS, or use the provider's port for mail programs, 587 or 465"
                : "correct SMTP_USER and SMTP_PASS; many providers want a password for programs in place of your own"
        case .sender: "set SMTP_FROM to an address that the account may send from"
        case .recipient:
            "name another recipient; a server that takes no mail for others may want a login (SMTP_USER)"
        case .data: "ask the mail provider what the answer means"
        }
    }
}
