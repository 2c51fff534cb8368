import Transport

/// Finds out how a mail server wants to be spoken to, where the settings do not work.
struct MailAlternatives {
    /// What was tried already.
    var conversation: MailConversation
    /// Ports and modes that mail servers have.
    var usual: [(port: UInt16, mode: MailServer.Mode)]

    /// Tries all at once, each up to EHLO over TLS with a certificate that is trusted. No password is sent.
    ///
    /// - Returns: Those that work, the least change first.
    func working() -> [MailServer] {
        let given = conversation.server
        var candidates = [MailServer(host: given.host, port: given.port, mode: given.mode.other)]
        candidates += usual.map { MailServer(host: given.host, port: $0.port, mode: $0.mode) }
        var seen = [given]
        candidates = candidates.filter { candidate in
            defer { seen.append(candidate) }
            return !seen.contains(candidate)
        }
        let template = conversation
        let answers = Parallel.map(candidates) { candidate -> Bool in
            var conversation = template
            conversation.server = candidate
            guard let (connection, _) = try? conversation.open({ (_, _) throws(ProofStop) in }) else {
                return false
            }
            connection.quit()
            return true
        }
        return zip(candidates, answers).filter(\.1).map(\.0)
    }

    /// Whether another port or mode could help: not where the name is wrong, or the server said no.
    static func mayHelp(_ failure: MailFailure) -> Bool {
        switch (failure.layer, failure.cause) {
        case (_, .stopped), (_, .smtp(.refused)), (.certificate, _), (.dns, _): false
        case (.tcp, _), (.tls, _), (.greeting, _), (.hello, _), (.startTLS, _): true
        default: false
        }
    }
}
