import EnvSchema

/// What the completion scripts know: the command table, and the names of the template.
struct CompletionTable {
    /// Without those that careinit calls itself.
    var commands: [Command]
    var globals: [Command.Option]
    var variables: [Entry]

    /// A variable of the template.
    struct Entry: Equatable {
        var name: String
        var summary: String
        /// What it may be set to, where there are only these.
        var values: [String]
    }

    init(
        schema: Schema, commands: [Command] = CommandTable.all, globals: [Command.Option] = GlobalOptions.all
    ) {
        self.commands = commands.filter { !$0.isInternal }
        self.globals = globals
        variables = schema.variables.map { variable in
            Entry(
                name: variable.name, summary: VariableFacts(variable, in: schema).summary,
                values: Self.values(of: variable.type))
        }
    }

    /// The scripts write them without quotes, and a template may be anybody's: only words that no shell reads more into.
    private static func values(of type: ValueType) -> [String] {
        switch type {
        case .enumeration(let values): values.filter(isPlain)
        case .boolean: ["true", "false"]
        default: []
        }
    }

    private static func isPlain(_ word: String) -> Bool {
        !word.hasPrefix("-")
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: "._+-".utf8.contains(byte)
                }
            }
    }

    /// What may stand first: commands of one word, and the first words of those of two.
    var firstWords: [(name: String, summary: String)] {
        var words: [(name: String, summary: String)] = []
        for command in commands where !words.contains(where: { $0.name == command.group ?? command.name }) {
            let others = members(of: command.group).map(\.word).joined(separator: ", ")
            words.append(command.group.map { ($0, "Commands: \(others).") } ?? (command.name, command.summary))
        }
        return words
    }

    /// The first words of commands of two.
    var groups: [String] { firstWords.map(\.name).filter { name in commands.contains { $0.group == name } } }

    /// The second words of the commands of a group.
    func members(of group: String?) -> [(word: String, command: Command)] {
        commands.filter { $0.group == group && group != nil }.map { command in
            (command.name.split(separator: " ").last.map(String.init) ?? command.name, command)
        }
    }

    /// The options of a command that are not global ones as well.
    func ownOptions(of command: Command) -> [Command.Option] {
        let known = Set(globals.map(\.name))
        return command.options.filter { !known.contains($0.name) }
    }

    /// What may follow the option; nil for a switch.
    func candidates(for option: Command.Option) -> Candidates? {
        guard let placeholder = option.value else { return nil }
        if option.values.isEmpty { return Candidates(placeholder: placeholder, commands: firstWords.map(\.name)) }
        return option.isList ? .list(option.values) : .words(option.values)
    }

    func candidates(for argument: Command.Argument) -> Candidates {
        argument.values.isEmpty
            ? Candidates(placeholder: argument.name, commands: firstWords.map(\.name)) : .words(argument.values)
    }
}
