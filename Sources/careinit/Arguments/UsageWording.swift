extension CommandFailure {
    /// Says in plain English what is wrong with the command line; exit code 64.
    init(_ error: UsageError) {
        switch error {
        case .missingCommand:
            self.init(.usage, "no command was given", fix: "careinit help")
        case .missingSubcommand(let group, let commands):
            self.init(
                .usage, "careinit \(group) needs one word more",
                fix: commands.map { "careinit \($0)" }.joined(separator: ", "))
        case .unknownCommand(let name, let suggestion):
            self.init(
                .usage, "there is no command \"\(name)\"",
                fix: suggestion.map { "did you mean careinit \($0)?" } ?? "careinit help lists the commands")
        case .unknownOption(let name, let command, let suggestion):
            self.init(
                .usage, "there is no option \(name)", place: command.map { "careinit \($0)" },
                fix: suggestion.map { "did you mean \($0)?" } ?? Self.helpHint(command))
        case .missingValue(let option, let placeholder, let command):
            self.init(
                .usage, "\(option) needs a value", place: command.map { "careinit \($0)" },
                fix: "\(option) \(placeholder), or \(option)=\(placeholder) for a value that starts with a dash")
        case .unexpectedValue(let option, let command):
            self.init(
                .usage, "\(option) takes no value", place: command.map { "careinit \($0)" },
                fix: "write \(option) alone")
        case .unexpectedArgument(let argument, let command):
            self.init(
                .usage, "\"\(argument)\" is one argument too many", place: "careinit \(command)",
                fix: Self.helpHint(command))
        case .missingArgument(let name, let command):
            self.init(
                .usage, "\(name) is missing", place: "careinit \(command)", fix: Self.helpHint(command))
        }
    }

    private static func helpHint(_ command: String?) -> String {
        command.map { "careinit \($0) --help shows what it takes" } ?? "careinit --help"
    }
}
