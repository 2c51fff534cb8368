import Foundation
import TestSupport
import Testing

@testable import Transport

@Suite struct SMTPMessageTests {
    @Test(arguments: [
        ("a\r\n", "a\r\n.\r\n"), (".\r\n", "..\r\n.\r\n"), (".a\r\n..b\r\n", "..a\r\n...b\r\n.\r\n"),
        ("a.b\r\n", "a.b\r\n.\r\n"), ("", ".\r\n"), ("a", "a\r\n.\r\n"), ("a\r\n.", "a\r\n..\r\n.\r\n"),
    ])
    func `a point at the beginning of a line is doubled`(text: String, sent: String) {
        #expect(String(decoding: DotStuffing.stuffed(Array(text.utf8)), as: UTF8.self) == sent)
    }

    @Test func `no body can end the message early`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let lines = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                String((0..<Int.random(in: 0...3, using: &generator)).map { _ in ".a".randomElement() ?? "." })
            }
            let sent = String(
                decoding: DotStuffing.stuffed(Array(lines.map { $0 + "\r\n" }.joined().utf8)), as: UTF8.self)
            let received = sent.components(separatedBy: "\r\n").dropLast(2)
            #expect(received.allSatisfy { $0 != "." })
            #expect(received.map { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 } == lines)
            #expect(sent.hasSuffix(".\r\n"))
        }
    }

    @Test(
        arguments: [
            (nil, "a@b.example"), ("", "a@b.example"), ("Care Notes", "\"Care Notes\" <a@b.example>"),
            ("The \"best\"", "\"The \\\"best\\\"\" <a@b.example>"), ("Zoë", "=?UTF-8?B?Wm/Dqw==?= <a@b.example>"),
        ] as [(String?, String)])
    func `a name is quoted or encoded`(name: String?, mailbox: String) {
        #expect(MailWord.mailbox(name: name, address: "a@b.example") == mailbox)
    }

    @Test func `a long name becomes several words, none longer than 75 characters`() {
        let name = String(repeating: "é€", count: 60)
        let words = MailWord.mailbox(name: name, address: "a@b.example").components(separatedBy: "\r\n ")
        #expect(words.count > 5)
        let texts = words.map { $0.replacingOccurrences(of: " <a@b.example>", with: "") }
        #expect(texts.allSatisfy { $0.count <= 75 })
        let decoded = texts.compactMap { Data(base64Encoded: String($0.dropFirst(10).dropLast(2))) }
        #expect(decoded.map { String(decoding: $0, as: UTF8.self) }.joined() == name)
    }

    @Test(arguments: [
        (Int64(0), "Thu, 1 Jan 1970 00:00:00 +0000"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
        (1_795_606_205, "Wed, 25 Nov 2026 11:30:05 +0000"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 +0000"),
    ])
    func `dates are those of RFC 5322`(seconds: Int64, text: String) { #expect(MailDate.text(seconds) == text) }

    @Test(arguments: [
        ("a@b", true), ("a.b+c@mail.example", true), ("", false), ("a", false), ("@b", false), ("a@", false),
        ("a@b@c", false), ("a b@c", false), ("a@b>\r\nRCPT TO:<c@d", false), ("<a@b>", false), ("é@b", false),
        ("\(String(repeating: "a", count: 254))@b", false),
    ])
    func `only an address can stand in a command`(text: String, isAddress: Bool) {
        #expect(SMTPMessage.isAddress(text) == isAddress)
    }
}
