import Foundation
import TestSupport
import Testing

@testable import Transport

@Suite struct SMTPReplyParserTests {
    /// Everything that is in the bytes, handed over in pieces of that size.
    private static func replies(_ bytes: [UInt8], pieces: Int) -> Result<[SMTPReply], SMTPReplyFault> {
        var parser = SMTPReplyParser()
        var replies: [SMTPReply] = []
        var rest = bytes[...]
        do throws(SMTPReplyFault) {
            while !rest.isEmpty {
                parser.take(Array(rest.prefix(pieces)))
                rest = rest.dropFirst(pieces)
                while let reply = try parser.next() { replies.append(reply) }
            }
        } catch { return .failure(error) }
        return .success(replies)
    }

    private static func encoded(_ reply: SMTPReply) -> [UInt8] {
        reply.lines.enumerated().flatMap { index, line in
            Array("\(reply.code)\(index + 1 == reply.lines.count ? " " : "-")\(line)\r\n".utf8)
        }
    }

    @Test(arguments: [
        ("220 mail.example ESMTP\r\n", [SMTPReply(code: 220, lines: ["mail.example ESMTP"])]),
        ("250-a\r\n250-AUTH PLAIN\r\n250 b\r\n", [SMTPReply(code: 250, lines: ["a", "AUTH PLAIN", "b"])]),
        ("250\r\n", [SMTPReply(code: 250, lines: [""])]), ("250 \r\n", [SMTPReply(code: 250, lines: [""])]),
        ("250 é\r\n", [SMTPReply(code: 250, lines: ["é"])]),
        (
            "250 a\r\n550 5.1.1 no\r\n",
            [SMTPReply(code: 250, lines: ["a"]), SMTPReply(code: 550, lines: ["5.1.1 no"])]
        ), ("250-a\r\n", []), ("25", []),
    ])
    func `replies are read however they arrive`(text: String, replies: [SMTPReply]) {
        for pieces in 1...text.utf8.count {
            #expect(Self.replies(Array(text.utf8), pieces: pieces) == .success(replies))
        }
    }

    @Test(arguments: [
        ("SSH-2.0-x\r\n", SMTPReplyFault.noCode), ("\u{15}\u{03}\u{01}", .noCode), ("199 a\r\n", .noCode),
        ("260 a\r\n", .noCode), ("2x0 a\r\n", .noCode), ("2500 a\r\n", .noCode), ("25\r\n", .noCode),
        ("250:a\r\n", .noCode), ("250 a\n", .badLine), ("250 a\rb\r\n", .badLine), ("250 a\u{0}\r\n", .badLine),
        ("250 \u{1B}[2J\r\n", .badLine), ("250\rx\r\n", .noCode), ("250-a\r\n251 b\r\n", .codesDiffer),
        ("250 \(String(repeating: "a", count: 2050))\r\n", .lineTooLong),
        ("250 \(String(repeating: "a", count: 4096))", .lineTooLong),
        (String(repeating: "250-a\r\n", count: 129), .tooManyLines),
    ])
    func `what is no reply is a fault`(text: String, fault: SMTPReplyFault) {
        for pieces in [1, 7, text.utf8.count] {
            #expect(Self.replies(Array(text.utf8), pieces: pieces) == .failure(fault))
        }
    }

    /// Runs again with `SMTP_FUZZ_SEED`.
    @Test func `damaged replies are read the same in any pieces, and say what they said`() throws {
        let seed =
            ProcessInfo.processInfo.environment["SMTP_FUZZ_SEED"].flatMap(UInt64.init)
            ?? .random(in: 1...UInt64.max)
        print("SMTPReplyParserTests: SMTP_FUZZ_SEED=\(seed)")
        var generator = SeededGenerator(seed: seed)
        let whole = Array(
            "220 hi\r\n250-mail.example\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n535 5.7.8 no\r\n".utf8)
        for _ in 0..<20_000 {
            let bytes = generator.damaged(whole)
            let outcome = Self.replies(bytes, pieces: bytes.count)
            let pieces = Int.random(in: 1...9, using: &generator)
            #expect(Self.replies(bytes, pieces: pieces) == outcome, "seed \(seed)")
            guard case .success(let replies) = outcome else { continue }
            let again = replies.flatMap(Self.encoded)
            #expect(Self.replies(again, pieces: max(1, again.count)) == .success(replies), "seed \(seed)")
            #expect(replies.allSatisfy { (200..<600).contains($0.code) && $0.lines.count <= 128 }, "seed \(seed)")
        }
    }
}
