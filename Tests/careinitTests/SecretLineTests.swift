import Testing

@testable import careinit

@Suite struct SecretLineTests {
    @Test(arguments: [
        ("abc\n", Reply.line("abc")), ("\n", .accepted), ("\r", .accepted), ("\u{4}", .endOfInput),
        ("a\u{4}b\n", .line("ab")), ("ab\u{7F}c\n", .line("ac")), ("é\u{7F}x\n", .line("x")),
        ("abc\u{15}d\n", .line("d")), ("a\u{1B}[Db\u{1B}OPc\u{1B}xd\n", .line("abcd")),
        ("\u{1B}[200~one\ntwo\r\n\u{1B}[201~\n", .line("onetwo")), ("a\u{1}b\u{7}\n", .line("ab")),
        ("a\u{1B}[Z", .line(":back")), ("\u{1B}[200~a\u{1B}[Zb\u{1B}[201~\n", .line("ab")),
        ("\u{7F}\u{7F}a\n", .line("a")), ("zażółć\n", .line("zażółć")),
    ])
    func `reads keys as they come from a terminal`(_ keys: String, _ reply: Reply) {
        var line = SecretLine()
        let replies = keys.utf8.compactMap { line.take($0) }
        #expect(replies == [reply])
    }
}
