import Testing

@testable import EnvSchema

@Suite struct RetireTests {
    private func document(_ text: String) -> EnvDocument { EnvDocument(parsing: Array(text.utf8)) }

    @Test(arguments: [
        ("# old\nOLD=1 # why\nB=2\n", "# old\nB=2\n"), ("A=1\nOLD='two\nlines'\nB=2", "A=1\nB=2"),
        ("A=1\nOLD=2", "A=1\n"), ("OLD=1\nexport OLD=2\nA=1\n", "A=1\n"), ("A=1\r\nOLD=2\r\n", "A=1\r\n"),
        ("OLDER=1\n# OLD=2\n", "OLDER=1\n# OLD=2\n"), ("", ""),
    ])
    func `dropping takes out its lines, and leaves comments and the rest`(_ text: String, _ expected: String) {
        var document = document(text)
        let isDone = document.drop("OLD")
        #expect(isDone)
        #expect(document.bytes.text == expected)
    }

    @Test(arguments: [
        ("# mine\nOLD=1 # why\n", "# mine\nNEW=1 # why\n"), ("export OLD='a b'\n", "export NEW='a b'\n"),
        ("OLD=1\nA=x\nOLD=2\n", "A=x\nNEW=2\n"), ("NEW=1\nOLD=2\n", "NEW=1\n"), ("A=1\n", "A=1\n"),
        ("OLD: 1\n", "NEW: 1\n"),
    ])
    func `renaming keeps the value where it stands`(_ text: String, _ expected: String) {
        var document = document(text)
        let isDone = document.rename("OLD", to: "NEW")
        #expect(isDone)
        #expect(document.bytes.text == expected)
    }

    @Test func `what another value refers to stays`() {
        let text = "OLD=1\nA=${OLD}/x\n"
        var document = document(text)
        let isDone = document.drop("OLD") || document.rename("OLD", to: "NEW")
        #expect(!isDone)
        #expect(document.bytes.text == text)
    }

    @Test func `a name that comes to stand above a reference to it changes nothing silently`() {
        let text = "OLD=1\nA=${NEW:-none}\n"
        var document = document(text)
        let isDone = document.rename("OLD", to: "NEW")
        #expect(!isDone)
        #expect(document.bytes.text == text)
    }
}
