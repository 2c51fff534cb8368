import Testing

@testable import careinit

@Suite struct SystemdWordTests {
    @Test(arguments: [
        ("/srv/notes/.env", #""/srv/notes/.env""#), ("/a b/c", #""/a b/c""#), ("100%", #""100%%""#),
        ("a\"b", #""a\"b""#), ("a\\n", #""a\\n""#), ("$HOME", #""$HOME""#), ("Müller", #""Müller""#),
    ])
    func `a word is in quotes, and nothing in it is read as an escape or a specifier`(value: String, text: String)
    {
        #expect(SystemdWord.quoted(value) == text)
    }

    @Test func `in a command, a dollar sign is written twice`() {
        #expect(SystemdWord.quoted("a$b", isCommand: true) == #""a$$b""#)
    }

    @Test(arguments: ["a\nExecStart=/bin/sh", "a\u{7F}", "a\tb"])
    func `what a line cannot hold is refused`(value: String) {
        #expect(SystemdWord.quoted(value) == nil && SystemdWord.plain(value) == nil)
    }
}
