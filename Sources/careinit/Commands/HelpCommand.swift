#if canImport(Glibc)
    import Glibc
#endif

/// `careinit help`: the overview, one command, or the exit codes.
enum HelpCommand {
    static let command = Command(
        name: "help",
        summary: "Show help for careinit, for one command, or for the exit codes.",
        arguments: [.init(name: "TOPIC", help: "A command, or exit-codes.", isRepeated: true)],
        examples: [
            .init(line: "careinit help provision", meaning: "What provision takes."),
            .init(line: "careinit help exit-codes", meaning: "What careinit returns to scripts."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let words = invocation.positionals
        invocation.console.print(try text(topic: words.isEmpty ? nil : words.joined(separator: " ")))
        return .success
    }

    /// The help on a topic; nil is the overview.
    static func text(topic: String?) throws -> String {
        let help = HelpText(width: min(Console.width(of: STDOUT_FILENO), 100))
        let commands = CommandTable.all
        guard let topic else { return help.overview(of: commands, globals: GlobalOptions.all) }
        if topic == "exit-codes" {
            let rows = ExitCode.allCases.map { (label: String($0.rawValue), text: $0.meaning) }
            return help.section("EXIT CODES:", rows) ?? ""
        }
        let group = commands.filter { $0.group == topic && !$0.isInternal }
        if !group.isEmpty {
            return help.section("COMMANDS:", group.map { (label: $0.name, text: $0.summary) }) ?? ""
        }
        guard let command = commands.first(where: { $0.name == topic }) else {
            let names = commands.filter { !$0.isInternal }.map(\.name) + ["exit-codes"]
            let suggestion = Suggestion.nearest(to: topic, among: names)
            throw CommandFailure(
                .usage, "there is no help on \"\(topic)\"",
                fix: suggestion.map { "did you mean careinit help \($0)?" } ?? "careinit help lists the commands")
        }
        return help.help(for: command, globals: GlobalOptions.all)
    }
}
