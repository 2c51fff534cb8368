import Testing

@testable import EnvSchema

@Suite struct SourceExcerptTests {
    struct Row: Sendable {
        var text: String
        var line: Int
        var column: Int
        var shown: String?
        var indent = 0
    }

    private static let secret = "hunter2-hunter2"

    @Test(arguments: [
        Row(text: "NAME=a b # c\n", line: 1, column: 6, shown: "NAME=a b # c", indent: 5),
        Row(text: "SECRET=\(secret)\n", line: 1, column: 8, shown: "SECRET=********", indent: 7),
        Row(text: "SECRET=\(secret)\n", line: 1, column: 20, shown: "SECRET=********", indent: 7),
        Row(text: "OTHER=\(secret)\n", line: 1, column: 1, shown: "OTHER=********"),
        Row(text: "\(secret)\n", line: 1, column: 1, shown: "********"),
        Row(text: "# \(secret)\n", line: 1, column: 1, shown: "********"),
        Row(text: "NAME='x\n\(secret)'\n", line: 2, column: 1, shown: "********"),
        Row(text: "NAME='x\n\(secret)'\n", line: 1, column: 6, shown: "NAME=********", indent: 5),
        Row(text: "NAME=\u{1B}[31mred\tx\n", line: 1, column: 6, shown: "NAME=\u{FFFD}[31mred x", indent: 5),
        Row(text: "NAME=x\r\n", line: 1, column: 6, shown: "NAME=x", indent: 5),
        Row(text: "NAME=x\n", line: 2, column: 1, shown: nil),
        Row(text: "NAME=x\n", line: 9, column: 1, shown: nil),
    ])
    func `a line is shown as far as it holds no secret`(_ row: Row) throws {
        let template =
            "# @defaultSensitive=false\n\n# @type=string\nNAME=x\n\n# @sensitive @type=string\nSECRET=\n"
        let schema = try Schema(template: EnvDocument(parsing: Array(template.utf8)))
        let document = EnvDocument(parsing: Array(row.text.utf8))
        let excerpt = SourceExcerpt(document, SourcePosition(line: row.line, column: row.column), schema: schema)
        #expect(excerpt?.text == row.shown)
        #expect(excerpt.map(\.indent) ?? 0 == row.indent)
    }
}
