import Testing

@testable import Transport

@Suite struct SMTPConnectionTests {
    private func connect(_ steps: [Listener.Step]) throws -> (SMTPConnection, Listener) {
        let server = try Listener([steps])
        let endpoint = Endpoint.tcp(host: "127.0.0.1", port: server.port)
        return (try SMTPConnection(to: endpoint, timeout: .seconds(20)), server)
    }

    @Test func `no password is said in the clear`() throws {
        let (connection, server) = try connect([.more(Array("220 a\r\n".utf8)), .silence])
        _ = try connection.greeting()
        #expect(throws: SMTPError.notEncrypted) { try connection.logInPlain(user: "u", password: "Kanarienvogel") }
        #expect(throws: SMTPError.notEncrypted) {
            try connection.logInInTwoSteps(user: "u", password: "Kanarienvogel")
        }
        #expect(server.received.isEmpty)
    }

    @Test func `what follows the agreement to STARTTLS in the clear is refused`() throws {
        let (connection, _) = try connect([
            .more(Array("220 a\r\n".utf8)), .reply("220 go\r\n250 AUTH PLAIN\r\n"), .silence,
        ])
        _ = try connection.greeting()
        #expect(throws: SMTPError.wordsBeforeTLS) { try connection.requestTLS() }
    }

    @Test func `the answer to EHLO tells what is offered`() throws {
        let (connection, server) = try connect([
            .more(Array("220 a\r\n".utf8)),
            .reply("250-a says hi\r\n250-starttls\r\n250-AUTH=LOGIN\r\n250 AUTH LOGIN plain\r\n"), .silence,
        ])
        _ = try connection.greeting()
        let capabilities = try connection.hello("care.example")
        #expect(capabilities.offersSTARTTLS)
        #expect(capabilities.mechanisms == ["LOGIN", "PLAIN"])
        #expect(server.received == ["EHLO care.example\r\n"])
    }

    @Test func `nothing that breaks a line is sent`() throws {
        let (connection, server) = try connect([.more(Array("220 a\r\n".utf8)), .silence])
        _ = try connection.greeting()
        #expect(throws: SMTPError.unsafeText) { try connection.hello("a\r\nMAIL FROM:<b@c>") }
        #expect(throws: SMTPError.unsafeText) { try connection.mail(from: "a@b>\r\nRCPT TO:<c@d") }
        #expect(throws: SMTPError.unsafeText) { try connection.recipient("") }
        #expect(server.received.isEmpty)
    }
}
