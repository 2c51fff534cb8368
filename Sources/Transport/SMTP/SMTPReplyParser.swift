/// Cuts what a mail server sends into replies. Strict: what RFC 5321 §4.2 does not allow is a fault, not a guess.
struct SMTPReplyParser: Sendable {
    /// RFC 5321 §4.5.3.1.5 asks for 512 bytes; servers with long texts send more.
    static let longestLine = 2048
    static let mostLines = 128

    private var buffer: [UInt8] = []
    /// The lines of a reply that is not yet whole.
    private var code: Int?
    private var lines: [String] = []

    /// Whether bytes have come that belong to no whole reply yet.
    var holdsMore: Bool { !buffer.isEmpty || code != nil }

    mutating func take(_ bytes: [UInt8]) { buffer += bytes }

    /// The next whole reply; nil while there is none.
    mutating func next() throws(SMTPReplyFault) -> SMTPReply? {
        while true {
            try checkStart()
            guard let end = buffer.firstIndex(of: UInt8(ascii: "\n")) else {
                guard buffer.count <= Self.longestLine else { throw .lineTooLong }
                return nil
            }
            guard end <= Self.longestLine else { throw .lineTooLong }
            guard end > 0, buffer[end - 1] == UInt8(ascii: "\r") else { throw .badLine }
            let line = Array(buffer[..<(end - 1)])
            buffer.removeFirst(end + 1)
            if let reply = try take(line: line) { return reply }
        }
    }

    /// Tells what is no mail server by its first bytes: it may never end the line.
    private func checkStart() throws(SMTPReplyFault) {
        let ranges: [ClosedRange<UInt8>] = [
            UInt8(ascii: "2")...UInt8(ascii: "5"), UInt8(ascii: "0")...UInt8(ascii: "5"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
        ]
        for (byte, range) in zip(buffer, ranges) where !range.contains(byte) { throw .noCode }
        if buffer.count > 3, !" -\r".utf8.contains(buffer[3]) { throw .noCode }
    }

    private mutating func take(line: [UInt8]) throws(SMTPReplyFault) -> SMTPReply? {
        guard line.count >= 3 else { throw .noCode }
        let text = line.dropFirst(4)
        guard text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { throw .badLine }
        let code = line[..<3].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        if let first = self.code, first != code { throw .codesDiffer }
        guard lines.count < Self.mostLines else { throw .tooManyLines }
        self.code = code
        lines.append(String(decoding: text, as: UTF8.self))
        if line.count > 3, line[3] == UInt8(ascii: "-") { return nil }
        guard line.count == 3 || line[3] == UInt8(ascii: " ") else { throw .noCode }
        defer { (self.code, lines) = (nil, []) }
        return SMTPReply(code: code, lines: lines)
    }
}
