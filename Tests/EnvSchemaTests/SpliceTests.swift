import EnvSchema
import TestSupport
import Testing

@Suite struct SpliceTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var splice: Splice
        var value: String
        /// Nil where the place cannot carry it.
        var written: String?
        var testDescription: String { "\(splice.rawValue) \(value.debugDescription)" }
    }

    static let rows: [Row] = [
        Row(splice: .plain, value: "a-b_c./:@,+=", written: "a-b_c./:@,+="),
        Row(splice: .plain, value: "a b", written: nil),
        Row(splice: .plain, value: "", written: nil),
        Row(splice: .json, value: "a \"b\"\\\n\u{7F}é", written: "\"a \\\"b\\\"\\\\\\n\\u007fé\""),
        Row(splice: .nginx, value: "/a \"b\" \\c", written: "\"/a \\\"b\\\" \\\\c\""),
        Row(splice: .nginx, value: "a$b", written: nil),
        Row(splice: .ini, value: "a b", written: "a b"),
        Row(splice: .ini, value: " a", written: nil),
        Row(splice: .ini, value: "a;b", written: nil),
        Row(splice: .ini, value: "100%", written: nil),
        Row(splice: .word, value: "it's $0 `x` !", written: "'it'\\''s $0 `x` !'"),
        Row(splice: .word, value: "100%", written: "'100%'"),
        Row(splice: .word, value: "a\nb", written: nil),
        Row(splice: .command, value: "100%", written: nil),
        Row(splice: .command, value: "a ;b", written: nil),
        Row(splice: .sql, value: "a'b", written: "'a''b'"),
        Row(splice: .sql, value: "a\\b", written: nil),
        Row(splice: .identifier, value: "a\"b", written: "\"a\"\"b\""),
        Row(splice: .url, value: "p@ss/w:rd é", written: "p%40ss%2Fw%3Ard%20%C3%A9"),
    ]

    @Test(arguments: rows)
    func `a value is written so that it stays one value, or refused`(_ row: Row) {
        #expect(row.splice.write(row.value) == row.written)
    }

    @Test(arguments: Splice.allCases)
    func `what is written is read back byte for byte`(_ splice: Splice) {
        var generator = SeededGenerator(seed: FuzzTests.seed &+ 31)
        var written = 0
        for _ in 0..<(FuzzTests.longRounds ?? 4000) {
            let value = String(
                decoding: generator.document(pieces: Int.random(in: 0...5, using: &generator)), as: UTF8.self)
            guard let text = splice.write(value) else { continue }
            written += 1
            #expect(splice.read(text) == value, "seed \(FuzzTests.seed), \(value.debugDescription)")
        }
        #expect(written > 100)
    }

    @Test func `check names a value that its place cannot carry`() throws {
        let template = "# careinit: into=nginx,ini\nA=\n"
        let findings = try CheckerTests.findings(template, "A='5$'\n")
        #expect(findings.map(\.code) == [.unsafeInContext])
        #expect(findings.first?.reason.contains("nginx") == true)
        #expect(try CheckerTests.findings(template, "A='a b'\n").isEmpty)
        #expect(try CheckerTests.findings(template, "A='100%'\n").map(\.code) == [.unsafeInContext])
    }
}
