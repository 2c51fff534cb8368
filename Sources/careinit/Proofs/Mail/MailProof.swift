import Transport

/// The mail server takes what Alertmanager would hand in, step by step, as far as a real mail where one is asked for.
struct MailProof {
    struct Login: Sendable {
        var user: String
        var password: String
    }

    var server: MailServer
    /// nil: no login.
    var login: Login?
    /// What Alertmanager calls itself at the server.
    var hello: String
    var sender: String
    var senderName: String
    /// The name of the installation, for the mail's subject.
    var application: String
    /// Who gets a real mail; nil: none is sent.
    var testMail: String?
    var trust: Trust = .system
    var timeout: Duration = .seconds(5)
    /// What is tried where the settings do not work.
    var usual: [(port: UInt16, mode: MailServer.Mode)] = [(465, .implicitTLS), (587, .startTLS)]

    private var wording: MailWording { MailWording(server: server, password: login?.password) }

    func run(_ log: inout ProofLog) throws(ProofStop) {
        let conversation = MailConversation(
            server: server, addresses: try lookUp(&log), hello: hello, tls: try tls(), timeout: timeout)
        do throws(MailFailure) {
            try converse(conversation, &log)
        } catch {
            if case .stopped(let stop) = error.cause { throw stop }
            let alternatives = MailAlternatives(conversation: conversation, usual: usual)
            let working = MailAlternatives.mayHelp(error) ? alternatives.working() : []
            throw .failed(wording.problem(error, working: working))
        }
    }

    private func lookUp(_ log: inout ProofLog) throws(ProofStop) -> [String] {
        let addresses: [String]
        do throws(TransportError) {
            addresses = try HostLookup.addresses(of: server.host, timeout: timeout)
        } catch {
            throw .failed(
                wording.problem(MailFailure(layer: .dns, cause: .smtp(.transport(error))), working: []))
        }
        if addresses != [server.host] {
            try log.passed(MailLayer.dns.rawValue, addresses.joined(separator: ", "))
        }
        return addresses
    }

    private func tls() throws(ProofStop) -> TLSContext {
        do throws(TransportError) { return try TLSContext(trust: trust) } catch {
            throw .skipped("the trusted authorities of this machine cannot be read: \(error.reason)")
        }
    }

    private func converse(_ conversation: MailConversation, _ log: inout ProofLog) throws(MailFailure) {
        let wording = wording
        let (connection, capabilities) = try conversation.open { (layer, detail) throws(ProofStop) in
            try log.passed(layer.rawValue, wording.redacted(detail))
        }
        if let login {
            try logIn(login, connection, capabilities)
            try tell(.login, login.user, &log)
        }
        if let testMail { try send(to: testMail, over: connection, &log) }
        connection.quit()
    }

    private func logIn(
        _ login: Login, _ connection: SMTPConnection, _ capabilities: SMTPCapabilities
    ) throws(MailFailure) {
        let mechanisms = capabilities.mechanisms
        guard mechanisms.contains("PLAIN") || mechanisms.contains("LOGIN") else {
            throw MailFailure(layer: .login, cause: .notOffered(mechanisms: mechanisms))
        }
        try MailFailure.at(.login) { () throws(SMTPError) in
            if mechanisms.contains("PLAIN") {
                try connection.logInPlain(user: login.user, password: login.password)
            } else {
                try connection.logInInTwoSteps(user: login.user, password: login.password)
            }
        }
    }

    private func send(
        to recipient: String, over connection: SMTPConnection, _ log: inout ProofLog
    ) throws(MailFailure) {
        try MailFailure.at(.sender) { () throws(SMTPError) in try connection.mail(from: sender) }
        try tell(.sender, sender, &log)
        try MailFailure.at(.recipient) { () throws(SMTPError) in try connection.recipient(recipient) }
        try tell(.recipient, recipient, &log)
        let mail = mail(to: recipient)
        let answer = try MailFailure.at(.data) { () throws(SMTPError) in try connection.data(mail) }
        try tell(.data, wording.redacted(answer.text), &log)
    }

    private func mail(to recipient: String) -> SMTPMessage {
        SMTPMessage(
            sender: sender, senderName: senderName, recipient: recipient, subject: "[careinit] test mail",
            body: """
                This is a test mail of careinit for \(application).

                Nobody need do anything about it. It shows that the mail settings work,
                and that alerts will come the same way.
                """,
            date: Clock.now(), identifier: "careinit-\(UInt64.random(in: 0...UInt64.max))")
    }

    private func tell(_ layer: MailLayer, _ detail: String, _ log: inout ProofLog) throws(MailFailure) {
        do throws(ProofStop) { try log.passed(layer.rawValue, detail) } catch {
            throw MailFailure(layer: layer, cause: .stopped(error))
        }
    }
}
