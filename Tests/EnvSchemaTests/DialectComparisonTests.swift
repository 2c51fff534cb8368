import Testing

@testable import EnvSchema

@Suite struct DialectComparisonTests {
    private static let template = """
        # @defaultSensitive=false

        # @type=string
        NAME=x

        # @type=port
        PORT=1

        # @sensitive @type=string
        SECRET=
        """

    private func findings(_ text: String, _ dialects: [Dialect]) throws -> [Finding] {
        let schema = try Schema(template: EnvDocument(parsing: Array(Self.template.utf8)))
        return DialectComparison(dialects, schema: schema).findings(in: EnvDocument(parsing: Array(text.utf8)))
    }

    struct Row: Sendable {
        var text: String
        var readings: [String]
        var fix: String
    }

    @Test(arguments: [
        Row(
            text: "NAME=foo # c\n", readings: ["compose,node: “foo”", "systemd: “foo # c”"], fix: "write NAME=foo"),
        Row(
            text: "NAME=a b\n", readings: ["compose,node,systemd: “a b”", "sh: nothing"], fix: "write NAME='a b'"),
        Row(text: "NAME=a#b\n", readings: ["compose,systemd: “a#b”", "node: “a”"], fix: "write NAME='a#b'"),
        Row(text: "PORT = 1\n", readings: ["compose,node,systemd: “1”", "sh: nothing"], fix: "write PORT=1"),
        Row(
            text: "SECRET=k#9\n",
            readings: ["compose,systemd: a value of 3 characters", "node: a value of 1 characters"],
            fix: "write NAME=value in single quotes"),
    ])
    func `what two read differently is shown with both readings and a spelling for all`(_ row: Row) throws {
        let dialects: [Dialect] =
            row.text.contains("#") ? [.compose, .node, .systemd] : [.compose, .node, .systemd, .sh]
        let finding = try #require(try findings(row.text, dialects).first)
        #expect(finding.code == .readDifferently)
        let readings = finding.context.readings.map { "\($0.readers.joined(separator: ",")): \($0.text)" }
        #expect(readings == row.readings)
        #expect(finding.fix == row.fix)
    }

    @Test(arguments: ["NAME=plain\n", "NAME='two words'\nPORT=1\n", "# only a comment\n", "SECRET=abc-DEF_9\n"])
    func `what all read alike is no finding`(text: String) throws {
        #expect(try findings(text, [.compose, .node, .pythonDotenv, .rubyDotenv, .sh, .bash, .systemd]).isEmpty)
    }

    @Test func `a reader that refuses the file, or would run it, is named`() throws {
        #expect(try findings("NAME=don't\n", [.compose, .sh]).map(\.code) == [.refusedByReader])
        let run = try findings("NAME=x\nif true; then A=1; fi\n", [.pythonDotenv, .bash])
        #expect(run.map(\.code) == [.runByReader])
        #expect(run.first?.position?.line == 2)
    }

    @Test func `a value that no reader can know without running it is a difference`() throws {
        let finding = try #require(try findings("NAME=$(date)\n", [.compose, .sh]).first)
        #expect(finding.context.readings.last?.text == "what only running the file would tell")
    }
}
