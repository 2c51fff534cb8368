/// One whole reply of a mail server (RFC 5321 §4.2).
package struct SMTPReply: Equatable, Sendable {
    /// From 200 to 559.
    package var code: Int
    /// The text of each line, without the code; it holds no control character.
    package var lines: [String]

    package init(code: Int, lines: [String]) {
        self.code = code
        self.lines = lines
    }

    /// Whether the server did what it was asked.
    package var isPositive: Bool { (200..<300).contains(code) }
    /// Whether it waits for more: `354` after DATA, `334` within AUTH.
    package var isIntermediate: Bool { (300..<400).contains(code) }
    /// Whether the same may work later (4yz).
    package var isTransient: Bool { (400..<500).contains(code) }
    /// On one line, such as `535 5.7.8 Authentication failed`.
    package var text: String { "\(code) " + lines.joined(separator: " ") }
}

/// Why bytes are no reply of a mail server.
package enum SMTPReplyFault: Error, Equatable, Sendable {
    /// They do not begin with a code from 200 to 559, and a space or hyphen behind it.
    case noCode
    /// A line ends with something else than CR LF, or holds a control character.
    case badLine
    /// A line of more than `SMTPReplyParser.longestLine` bytes.
    case lineTooLong
    /// More than `SMTPReplyParser.mostLines` lines.
    case tooManyLines
    /// The lines of one reply have different codes.
    case codesDiffer
}

/// Why a mail server could not be used.
package enum SMTPError: Error, Equatable, Sendable {
    case transport(TransportError)
    case malformed(SMTPReplyFault)
    /// It answered, and that was no.
    case refused(SMTPReply)
    /// Something came in the clear behind the server's agreement to STARTTLS, where only TLS may follow: somebody on the
    /// way could have put it there (CVE-2011-0411).
    case wordsBeforeTLS
    /// A password is not sent in the clear.
    case notEncrypted
    /// The text cannot stand in a command, such as an address with a line break.
    case unsafeText
}
