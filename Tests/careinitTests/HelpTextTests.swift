import Testing

@testable import careinit

@Suite struct HelpTextTests {
    @Test func `one command's help is laid out in columns and wrapped`() {
        let command = Command(
            name: "check", summary: "Find every mistake in a .env.",
            arguments: [.init(name: "FILE", help: "The file to check.")],
            options: [
                .init(
                    name: "--format", value: "FORMAT",
                    help: "How to print the findings: text for people or json for programs.")
            ],
            examples: [.init(line: "careinit check .env", meaning: "Every mistake at once.")],
            run: { _ in .success })
        let help = HelpText(width: 60).help(
            for: command, globals: [.init(name: "--quiet", short: "-q", help: "Say less.")])
        #expect(
            help == """
                OVERVIEW: Find every mistake in a .env.

                USAGE: careinit check [--format FORMAT] [FILE]

                EXAMPLES:
                  careinit check .env
                      Every mistake at once.

                ARGUMENTS:
                  FILE                    The file to check.

                OPTIONS:
                  --format FORMAT         How to print the findings: text
                                          for people or json for programs.

                GLOBAL OPTIONS:
                  -q, --quiet             Say less.
                """)
    }

    @Test func `every command of the table has help, and no two share a name`() {
        let help = HelpText(width: 100)
        for command in CommandTable.all {
            let text = help.help(for: command, globals: GlobalOptions.all)
            #expect(!command.summary.isEmpty)
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(command.name)")
        }
        let names = CommandTable.all.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test func `every exit code is explained`() throws {
        let text = try HelpCommand.text(topic: "exit-codes")
        for code in ExitCode.allCases { #expect(text.contains("\(code.rawValue) ")) }
    }

    @Test func `an unknown topic is a usage error with a suggestion`() {
        #expect(
            throws: CommandFailure(
                .usage, "there is no help on \"exit-code\"", fix: "did you mean careinit help exit-codes?")
        ) { try HelpCommand.text(topic: "exit-code") }
    }
}
