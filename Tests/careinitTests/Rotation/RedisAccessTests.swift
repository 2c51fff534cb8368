import TestSupport
import Testing

@testable import careinit

@Suite("Replies of Redis")
struct RedisReplyTests {
    @Test(
        "are read whole or not at all",
        arguments: [
            ("+OK\r\n", ["+OK"]), ("-ERR no\r\n", ["-ERR no"]), (":3\r\n", [":3"]),
            ("$5\r\na\r\nbc\r\n", ["a\r\nbc"]),
            ("$-1\r\n", [""]), ("$0\r\n\r\n", [""]), ("*2\r\n$1\r\na\r\n:2\r\n", ["a\n:2"]), ("*0\r\n", [""]),
            ("+OK\r\n$3\r\nab", ["+OK"]), ("$3\r\nab", []), ("+OK\r", []), ("*2\r\n+a\r\n", []), ("?\r\n", []),
            ("$99999999999999999999\r\n", []), ("$-5\r\n", []), ("*9223372036854775807\r\n+a\r\n", []), ("", []),
        ] as [(String, [String])])
    func reading(_ text: String, _ replies: [String]) {
        #expect(RedisReply.read(Array(text.utf8)) == replies)
    }

    @Test("arrays in arrays without end are no reply")
    func depth() {
        let text = String(repeating: "*1\r\n", count: 100_000) + "+a\r\n"
        #expect(RedisReply.read(Array(text.utf8)).isEmpty)
    }

    @Test("whatever comes is read without a trap")
    func fuzz() {
        var generator = SeededGenerator(seed: FuzzSeed.value)
        let pieces = [
            "+OK\r\n", "$3\r\nabc\r\n", "*2\r\n", ":1\r\n", "\r\n", "$", "*", "-1", "\r", "9999999999", "\u{0}",
        ]
        for _ in 0..<20_000 {
            var bytes = (0..<Int.random(in: 0...8, using: &generator)).flatMap { _ in
                Array((pieces.randomElement(using: &generator) ?? "").utf8)
            }
            if let index = bytes.indices.randomElement(using: &generator) {
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            let replies = RedisReply.read(bytes)
            #expect(replies.count <= bytes.count)
        }
    }
}
