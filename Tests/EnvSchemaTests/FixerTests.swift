import TestSupport
import Testing

@testable import EnvSchema

@Suite struct FixerTests {
    static let template = """
        # @defaultRequired=false @defaultSensitive=false
        # ---

        # The first.
        # @required
        A=1
        B=

        """

    struct Row: Sendable, CustomTestStringConvertible {
        var before: String
        var readers: [Dialect] = [.compose]
        var after: String
        var testDescription: String { "\(before.debugDescription) \(readers)" }
    }

    static let rows: [Row] = [
        Row(before: "A=2\nB=\n", after: "A=2\nB=\n"),
        Row(before: "\u{FEFF}A=2\nB=\n", after: "A=2\nB=\n"),
        Row(before: "\u{FEFF}\u{FEFF}#\nA B=\n", after: "#\nA B=\n"),
        Row(before: "A=2\r\nB=\r\n", after: "A=2\nB=\n"),
        Row(before: "A: 2 # why\nB=\n", after: "A= 2 # why\nB=\n"),
        Row(before: "A=#2\nB=\n", after: "A='#2'\nB=\n"),
        Row(before: "A=1 # old\nA=2\nB=\n", after: "# A=1 # old\nA=2\nB=\n"),
        Row(before: "A='1\n2'\nA=2\nB=\n", after: "# A='1\n# 2'\nA=2\nB=\n"),
        // What stands between refers to the value above it.
        Row(before: "A=1\nB=$A\nA=2\n", after: "A=1\nB=$A\nA=2\n"),
        // What is missing is added with its help; what is unknown stays.
        Row(before: "# mine\nX=1\n", after: "# mine\nX=1\n\n# The first.\nA=1\n\nB=\n"),
        Row(before: "X=1", after: "X=1\n\n# The first.\nA=1\n\nB=\n"),
        Row(before: "", after: "# The first.\nA=1\n\nB=\n"),
        // Another reader would read something else afterwards.
        Row(before: "\u{FEFF}A=2\nB=\n", readers: [.compose, .node], after: "\u{FEFF}A=2\nB=\n"),
        Row(before: "A=2\r\nB=\r\n", readers: [.compose, .sh], after: "A=2\r\nB=\r\n"),
        Row(before: "A: 2\nB=\n", readers: [.compose, .node], after: "A: 2\nB=\n"),
        Row(before: "A=1\nA=2\nB=\n", readers: Dialect.allCases, after: "# A=1\nA=2\nB=\n"),
        // A file that the reader refuses gets nothing appended.
        Row(before: "A=2\nB='x\n", after: "A=2\nB='x\n"),
        Row(before: "A B=1\n", after: "A B=1\n"),
    ]

    @Test(arguments: rows)
    func `what changes no reading is mended, and what is missing is added`(_ row: Row) throws {
        let schema = try Schema(template: EnvDocument(parsing: Array(Self.template.utf8)))
        let document = EnvDocument(parsing: Array(row.before.utf8))
        let result = Fixer(readers: row.readers, schema: schema).fix(document)
        #expect(String(decoding: result.document.bytes, as: UTF8.self) == row.after)
        #expect(result.edits.isEmpty == (row.before == row.after))
        #expect(result.edits.allSatisfy { !$0.summary.isEmpty })
    }

    @Test func `any file keeps its readings, and a second run changes nothing`() throws {
        let schema = try Schema(template: EnvDocument(parsing: Array(Self.template.utf8)))
        var generator = SeededGenerator(seed: FuzzTests.seed &+ 41)
        var changed = 0
        for round in 0..<(FuzzTests.longRounds.map { $0 / 10 } ?? 400) {
            let document = EnvDocument(
                parsing: generator.document(pieces: Int.random(in: 0...30, using: &generator)))
            let readers = Dialect.allCases.filter { _ in Bool.random(using: &generator) } + [.compose]
            let fixer = Fixer(readers: readers, schema: schema)
            let once = fixer.fix(document)
            changed += once.edits.isEmpty ? 0 : 1
            for reader in readers {
                let (before, after) = (reader.read(document.bytes), reader.read(once.document.bytes))
                let kept = after.values.filter { before.values[$0.key] != nil }
                #expect(kept == before.values, "seed \(FuzzTests.seed), round \(round), \(reader)")
                #expect(before.failure?.reason == after.failure?.reason)
            }
            let twice = fixer.fix(once.document)
            #expect(twice.document.bytes == once.document.bytes, "seed \(FuzzTests.seed), round \(round)")
            #expect(LineDifference(document, once, schema: schema).lines(path: "x").isEmpty == once.edits.isEmpty)
        }
        #expect(changed > 50)
    }

    @Test func `the difference shows the lines without their secrets`() throws {
        let template = "# @defaultSensitive=false\n\n# The key.\n# @sensitive\nKEY=\nA=1\n"
        let schema = try Schema(template: EnvDocument(parsing: Array(template.utf8)))
        let document = EnvDocument(parsing: Array("# note s3cret\nKEY: s3cret\nA=2\nA=3\n".utf8))
        let result = Fixer(readers: [.compose], schema: schema).fix(document)
        #expect(
            LineDifference(document, result, schema: schema).lines(path: ".env") == [
                "--- .env", "+++ .env", "@@ -2,2 +2,2 @@", "-KEY: ********", "-A=2", "+KEY= ********",
                "+# A=********",
            ])
        let empty = EnvDocument(parsing: Array("A=2\n".utf8))
        let added = Fixer(readers: [.compose], schema: schema).fix(empty)
        #expect(
            LineDifference(empty, added, schema: schema).lines(path: ".env") == [
                "--- .env", "+++ .env", "@@ -2,0 +2,3 @@", "+", "+# The key.", "+KEY=",
            ])
    }
}
