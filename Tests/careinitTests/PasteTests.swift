import Testing

@testable import careinit

@Suite struct PasteTests {
    private func take(_ text: String) -> [Paste.Result] {
        var paste = Paste()
        return text.unicodeScalars.compactMap { paste.take($0) }
    }

    @Test(arguments: [
        ("Rosewood", "Rosewood"), ("", ""), ("one\ntwo\r\nthree\n\nfour\n", "one two three four"),
        ("\n a\tb \r", "a b"),
        ("a\u{1}\u{7}\u{7F}\u{9B}b", "ab"), ("\u{1B}[31mred", "[31mred"), ("\u{1B}\u{1B}[20x", "[20x"),
        ("日本é", "日本é"), (String(repeating: "x", count: 65_536), String(repeating: "x", count: 65_536)),
    ])
    func `a paste is one line without control characters`(_ pasted: String, _ text: String) {
        #expect(take(pasted + "\u{1B}[201~") == [.text(text)])
    }

    @Test func `a paste that is too long is read to its end and not taken`() {
        #expect(take(String(repeating: "x\n", count: 40_000) + "\u{1B}[201~") == [.tooLong])
    }

    @Test func `without its end mark it is not complete`() { #expect(take("abc\u{1B}[201").isEmpty) }
}
