import Certs
import Transport

/// Opens a conversation with a mail server: everything up to where a login or a mail could follow.
struct MailConversation {
    var server: MailServer
    /// What the name was looked up to.
    var addresses: [String]
    var hello: String
    var tls: TLSContext
    var timeout: Duration

    /// Is told of each step that worked.
    typealias Progress = (MailLayer, String) throws(ProofStop) -> Void

    func open(_ passed: Progress) throws(MailFailure) -> (SMTPConnection, SMTPCapabilities) {
        let connection = try connect(passed)
        if server.mode == .implicitTLS { try secure(connection, passed) }
        let greeting = try MailFailure.at(.greeting) { () throws(SMTPError) in try connection.greeting() }
        try tell(.greeting, greeting.text, passed)
        var capabilities = try MailFailure.at(.hello) { () throws(SMTPError) in try connection.hello(hello) }
        try tell(.hello, "", passed)
        guard server.mode == .startTLS else { return (connection, capabilities) }
        guard capabilities.offersSTARTTLS else {
            throw MailFailure(layer: .startTLS, cause: .notOffered(mechanisms: []))
        }
        try MailFailure.at(.startTLS) { () throws(SMTPError) in try connection.requestTLS() }
        try tell(.startTLS, "", passed)
        try secure(connection, passed)
        capabilities = try MailFailure.at(.hello) { () throws(SMTPError) in try connection.hello(hello) }
        return (connection, capabilities)
    }

    private func connect(_ passed: Progress) throws(MailFailure) -> SMTPConnection {
        var last = TransportError.unresolvable(host: server.host, reason: "it has no address")
        for address in addresses {
            let connection: SMTPConnection
            do throws(TransportError) {
                connection = try SMTPConnection(to: .tcp(host: address, port: server.port), timeout: timeout)
            } catch {
                last = error
                continue
            }
            try tell(.tcp, Address.withPort(address, server.port), passed)
            return connection
        }
        throw MailFailure(layer: .tcp, cause: .smtp(.transport(last)))
    }

    private func secure(_ connection: SMTPConnection, _ passed: Progress) throws(MailFailure) {
        do throws(TransportError) {
            try connection.secure(context: tls, serverName: server.host)
        } catch {
            var layer = MailLayer.tls
            if case .untrusted = error { layer = .certificate }
            throw MailFailure(layer: layer, cause: .smtp(.transport(error)))
        }
        guard let facts = connection.tls else { return }
        try tell(.tls, facts.version, passed)
        let report = CertificateInspection.inspect(
            certificatePEM: facts.chainPEM, keyPEM: [], host: server.host, now: Clock.now())
        try tell(.certificate, CertificateProof.words(report), passed)
    }

    private func tell(_ layer: MailLayer, _ detail: String, _ passed: Progress) throws(MailFailure) {
        do throws(ProofStop) { try passed(layer, detail) } catch {
            throw MailFailure(layer: layer, cause: .stopped(error))
        }
    }
}
