/// A short mail in plain text (RFC 5322).
package struct SMTPMessage: Equatable, Sendable {
    package var sender: String
    package var senderName: String?
    package var recipient: String
    /// ASCII.
    package var subject: String
    package var body: String
    /// Seconds since 1970.
    package var date: Int64
    /// What stands before the @ of its Message-ID: letters and digits.
    package var identifier: String

    package init(
        sender: String, senderName: String?, recipient: String, subject: String, body: String, date: Int64,
        identifier: String
    ) {
        self.sender = sender
        self.senderName = senderName
        self.recipient = recipient
        self.subject = subject
        self.body = body
        self.date = date
        self.identifier = identifier
    }

    /// Whether the text can stand between the angle brackets of MAIL and RCPT: printable ASCII with one @ in it. What is
    /// right beyond that, the server decides.
    package static func isAddress(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>\"\\(),;:".utf8.contains($0) }
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254 && isPlain
    }

    /// Header and body, with CR LF after each line.
    var bytes: [UInt8] {
        let domain = sender.drop { $0 != "@" }.dropFirst()
        let lines = [
            "From: \(MailWord.mailbox(name: senderName, address: sender))", "To: \(recipient)",
            "Subject: \(subject)", "Date: \(MailDate.text(date))", "Message-ID: <\(identifier)@\(domain)>",
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit", "",
        ]
        return Array(
            (lines + body.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
                .map { $0 + "\r\n" }.joined().utf8)
    }
}

/// A point at the beginning of a line is doubled, and a lone one ends the message (RFC 5321 §4.5.2).
enum DotStuffing {
    /// The bytes as they follow DATA, of lines that end with CR LF each.
    static func stuffed(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 8)
        var isAtStart = true
        for byte in bytes {
            if isAtStart, byte == UInt8(ascii: ".") { result.append(byte) }
            result.append(byte)
            isAtStart = byte == UInt8(ascii: "\n")
        }
        return result + Array((isAtStart ? "" : "\r\n").utf8) + Array(".\r\n".utf8)
    }
}
