/// One conversation with a mail server, step by step, so that the caller can say which step failed.
///
/// Each step takes its timeout at most. After an error the connection is of no more use. Not for two threads at once.
package final class SMTPConnection {
    private let socket: Socket
    private var stream: any ByteStream
    private var parser = SMTPReplyParser()
    private let timeout: Duration
    /// nil as long as everything is said in the clear.
    package private(set) var tls: TLSFacts?

    /// Connects, and says nothing.
    package init(to endpoint: Endpoint, timeout: Duration) throws(TransportError) {
        socket = try Socket.connect(to: endpoint, deadline: .after(timeout))
        stream = socket
        self.timeout = timeout
    }

    /// Shakes hands, and verifies that the certificate is to be trusted and for that name.
    package func secure(context: TLSContext, serverName: String) throws(TransportError) {
        let stream = try TLSStream(
            over: socket, context: context, serverName: serverName, deadline: .after(timeout))
        tls = try stream.facts()
        self.stream = stream
    }

    /// What the server says first.
    package func greeting() throws(SMTPError) -> SMTPReply { try positive(try reply(.after(timeout))) }

    package func hello(_ name: String) throws(SMTPError) -> SMTPCapabilities {
        SMTPCapabilities(try positive(try command("EHLO \(name)")))
    }

    /// STARTTLS (RFC 3207). `secure` must follow, and then `hello` again: what was offered before does not count.
    package func requestTLS() throws(SMTPError) {
        _ = try positive(try command("STARTTLS"))
        guard !parser.holdsMore else { throw .wordsBeforeTLS }
    }

    // MARK: Login

    /// AUTH PLAIN (RFC 4616).
    package func logInPlain(user: String, password: String) throws(SMTPError) {
        guard tls != nil else { throw .notEncrypted }
        guard !user.utf8.contains(0), !password.utf8.contains(0) else { throw .unsafeText }
        let response = Base64.encode([0] + Array(user.utf8) + [0] + Array(password.utf8))
        _ = try positive(try command("AUTH PLAIN \(response)"))
    }

    /// AUTH LOGIN, which is nobody's standard and everybody's habit.
    package func logInInTwoSteps(user: String, password: String) throws(SMTPError) {
        guard tls != nil else { throw .notEncrypted }
        for text in ["AUTH LOGIN", Base64.encode(Array(user.utf8))] {
            let reply = try command(text)
            guard reply.isIntermediate else { throw .refused(reply) }
        }
        _ = try positive(try command(Base64.encode(Array(password.utf8))))
    }

    // MARK: Mail

    package func mail(from address: String) throws(SMTPError) {
        guard SMTPMessage.isAddress(address) else { throw .unsafeText }
        _ = try positive(try command("MAIL FROM:<\(address)>"))
    }

    package func recipient(_ address: String) throws(SMTPError) {
        guard SMTPMessage.isAddress(address) else { throw .unsafeText }
        _ = try positive(try command("RCPT TO:<\(address)>"))
    }

    /// DATA, and the message itself.
    ///
    /// - Returns: What the server says of it, often under which name it has it in its queue.
    package func data(_ message: SMTPMessage) throws(SMTPError) -> SMTPReply {
        let reply = try command("DATA")
        guard reply.isIntermediate else { throw .refused(reply) }
        try send(DotStuffing.stuffed(message.bytes))
        return try positive(try self.reply(.after(timeout)))
    }

    /// Says goodbye; what the server makes of it does not matter any more.
    package func quit() { _ = try? command("QUIT") }

    // MARK: Lines

    private func positive(_ reply: SMTPReply) throws(SMTPError) -> SMTPReply {
        guard reply.isPositive else { throw .refused(reply) }
        return reply
    }

    private func command(_ line: String) throws(SMTPError) -> SMTPReply {
        guard !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw .unsafeText }
        try send(Array("\(line)\r\n".utf8))
        return try reply(.after(timeout))
    }

    private func send(_ bytes: [UInt8]) throws(SMTPError) {
        do throws(TransportError) {
            try stream.send(bytes, deadline: .after(timeout))
        } catch { throw .transport(error) }
    }

    private func reply(_ deadline: Deadline) throws(SMTPError) -> SMTPReply {
        while true {
            do throws(SMTPReplyFault) {
                if let reply = try parser.next() { return reply }
            } catch { throw .malformed(error) }
            let block: [UInt8]
            do throws(TransportError) {
                block = try stream.receive(deadline: deadline)
            } catch { throw .transport(error) }
            guard !block.isEmpty else { throw .transport(.closed(bytesReceived: 0)) }
            parser.take(block)
        }
    }
}
