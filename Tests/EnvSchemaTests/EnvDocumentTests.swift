import EnvSchema
import Testing

@Suite struct EnvDocumentTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var values: [String: String]
        var problems: [FindingCode] = []
        var testDescription: String { text.debugDescription }
    }

    static let readings: [Row] = [
        Row(text: "", values: [:]),
        Row(text: "A=x # c\n", values: ["A": "x"]),
        Row(text: "A=x#c\n", values: ["A": "x#c"]),
        Row(text: "A=x\t# c\n", values: ["A": "x\t# c"]),
        Row(text: "A= # c\n", values: ["A": "# c"], problems: [.commentAsValue]),
        Row(text: "A=\"x\" # c\n", values: ["A": "x"]),
        Row(text: "A=\"x\"# c\n", values: ["A": "x"]),
        Row(text: "A=\"x\"y\n", values: ["A": "x"], problems: [.textAfterQuote]),
        Row(text: "A='$X ${X} \\n'\n", values: ["A": "$X ${X} \\n"]),
        Row(text: "A=\"a\\\\nb\"\n", values: ["A": "a\\nb"]),
        Row(text: "A='x\ny' # c\nB=2", values: ["A": "x\ny", "B": "2"]),
        Row(text: "A=1\nB=2\n A = 3 \n", values: ["A": "3", "B": "2"]),
        Row(text: "export A=1\nexport =2\nexport=3\n", values: ["A": "1", "export": "3"]),
        Row(text: "exporter=1\n", values: ["exporter": "1"]),
        Row(text: "A:1\n", values: ["A": "1"], problems: [.colonSeparator]),
        Row(text: "A\nB=1\n", values: ["B": "1"], problems: [.missingEquals]),
        Row(text: "A", values: [:], problems: [.missingEquals]),
        Row(text: "=1\n", values: [:], problems: [.invalidName]),
        Row(text: "A B=1\n", values: [:], problems: [.invalidName]),
        Row(text: "Ä=1\n", values: [:], problems: [.invalidName]),
        Row(text: "A=\"x\nB=1\n", values: ["B": "1"], problems: [.unterminatedQuote]),
        Row(text: "\u{FEFF}A=1\n", values: ["A": "1"], problems: [.byteOrderMark]),
        Row(text: "A=1\r\n# c\r\nB='2'\r\n", values: ["A": "1", "B": "2"], problems: [.carriageReturns]),
        Row(text: "X=1\nA=$X$Y\n", values: ["X": "1", "A": "1"], problems: [.undefinedReference]),
        Row(text: "A=${X:-1}${Y-2}${Z:+3}\n", values: ["A": "12"]),
        Row(text: "X=1\nA=${X:+${X}2}${X+3}${X:-${NOPE}}\n", values: ["X": "1", "A": "1231"]),
        Row(text: "A=${X:-{a}b}c\n", values: ["A": "{a}bc"]),
        Row(text: "A=${X:?say}\n", values: ["A": ""], problems: [.undefinedReference]),
        Row(text: "A=a${X\n", values: ["A": "a${X"], problems: [.badReference]),
        Row(text: "A=a${1}b\n", values: ["A": "a${1}b"], problems: [.badReference]),
        Row(text: "A=$$X\n", values: ["A": "$X"]),
        Row(text: "A=50$\n", values: ["A": "50$"]),
    ]

    @Test(arguments: readings)
    func `a value is what Docker Compose reads`(_ row: Row) {
        let document = EnvDocument(parsing: Array(row.text.utf8))
        let values = Dictionary(
            document.assignments.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        #expect(values == row.values)
        #expect(document.problems.map(\.code) == row.problems)
    }

    @Test func `places are lines and Unicode scalars from 1`() {
        let text = "# é\n  A = 'ü' x\nB=1\n"
        let document = EnvDocument(parsing: Array(text.utf8))
        #expect(document.assignments[0].position == SourcePosition(line: 2, column: 3))
        #expect(document.assignments[0].valuePosition == SourcePosition(line: 2, column: 7))
        #expect(document.problems.first?.position == SourcePosition(line: 2, column: 11))
        #expect(document.assignments[1].position == SourcePosition(line: 3, column: 1))
        #expect(document.end == SourcePosition(line: 4, column: 1))
    }

    @Test func `bytes that are not UTF-8 are named once, with their place`() {
        let document = EnvDocument(parsing: Array("A=1\nB=é".utf8) + [0xFF, 0x0A, 0xFE])
        #expect(
            document.problems.filter { $0.code == .notUTF8 }.map(\.position) == [
                SourcePosition(line: 2, column: 4)
            ])
        #expect(document.value(of: "B") == "é\u{FFFD}")
    }

    @Test func `a file that doubles a value line by line does not fill the memory`() {
        var text = "A0=0123456789abcdef\n"
        for index in 1...64 { text += "A\(index)=$A\(index - 1)$A\(index - 1)\n" }
        let document = EnvDocument(parsing: Array(text.utf8))
        #expect(document.problems.contains { $0.code == .valueTooLong })
        #expect(document.assignments.reduce(0) { $0 + $1.value.utf8.count } < 4 << 20)
    }

    // MARK: Setting

    struct Edit: Sendable, CustomTestStringConvertible {
        var before: String
        var name: String
        var value: String
        var after: String
        var testDescription: String { "\(before.debugDescription) \(name)=\(value.debugDescription)" }
    }

    static let edits: [Edit] = [
        Edit(before: "", name: "A", value: "1", after: "A=1\n"),
        Edit(before: "A=1", name: "B", value: "2", after: "A=1\nB=2\n"),
        Edit(before: "A=1\r\n", name: "B", value: "2", after: "A=1\r\nB=2\r\n"),
        Edit(before: "# x\nA=1 # why\nB=2\n", name: "A", value: "3", after: "# x\nA=3 # why\nB=2\n"),
        Edit(before: "A='1' # why\n", name: "A", value: "a b", after: "A='a b' # why\n"),
        Edit(before: "export A = \"1\"\n", name: "A", value: "", after: "export A = \n"),
        Edit(before: "A='1'\n", name: "A", value: "1", after: "A='1'\n"),
        Edit(before: "A=1\nA=2\n", name: "A", value: "3", after: "A=1\nA=3\n"),
        Edit(before: "A=\n", name: "A", value: "it's $5", after: "A=\"it's \\$5\"\n"),
        Edit(before: "A=\n", name: "A", value: "$5 # x", after: "A='$5 # x'\n"),
        Edit(before: "A=\n", name: "A", value: "l1\nl2", after: "A=\"l1\\nl2\"\n"),
        Edit(before: "A=x\nB=${A}\n", name: "B", value: "x", after: "A=x\nB=${A}\n"),
    ]

    @Test(arguments: edits)
    func `set edits in place and keeps the rest`(_ edit: Edit) {
        var document = EnvDocument(parsing: Array(edit.before.utf8))
        document.set(edit.name, to: edit.value)
        #expect(String(decoding: document.bytes, as: UTF8.self) == edit.after)
        #expect(document.value(of: edit.name) == edit.value)
    }
}
