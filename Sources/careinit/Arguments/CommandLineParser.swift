/// Reads a command line against the command table: `--option value`, `--option=value`, `-n`, `-qn`, `--`. Options stand
/// anywhere, but for a command that wraps a program, whose own words begin with that program's name.
///
/// A later value of an option that is not repeatable wins over an earlier one, so that aliases can be overridden.
struct CommandLineParser {
    var commands: [Command]
    var globals: [Command.Option] = GlobalOptions.all

    /// What the user asked for.
    struct Request {
        /// nil: only global options were given, of which one is `--help` or `--version`.
        var command: Command?
        /// The first word of a command of two, such as `certs`, while the second has not come.
        var group: String?
        var positionals: [String] = []
        var values: [String: [String]] = [:]

        func has(_ option: Command.Option) -> Bool { values[option.name] != nil }
    }

    func parse(_ arguments: [String]) throws(UsageError) -> Request {
        var request = Request()
        var rest = arguments[...]
        var onlyWords = false
        while let argument = rest.popFirst() {
            if onlyWords || argument == "-" || !argument.hasPrefix("-") {
                try take(word: argument, into: &request)
                onlyWords = onlyWords || isInsideProgram(request)
            } else if argument == "--" {
                onlyWords = true
            } else if argument.hasPrefix("--") {
                try take(long: argument, rest: &rest, into: &request)
            } else {
                try take(cluster: argument, rest: &rest, into: &request)
            }
        }
        try requireArguments(request)
        return request
    }

    /// Whether what comes next belongs to the program that the command runs.
    private func isInsideProgram(_ request: Request) -> Bool {
        guard let command = request.command, command.wrapsProgram else { return false }
        return request.positionals.count >= command.arguments.count
    }

    private func take(word: String, into request: inout Request) throws(UsageError) {
        guard let command = request.command else { return try take(commandWord: word, into: &request) }
        let isRepeated = command.arguments.last?.isRepeated ?? false
        guard isRepeated || request.positionals.count < command.arguments.count else {
            throw .unexpectedArgument(word, command: command.name)
        }
        request.positionals.append(word)
    }

    /// One word, or the first or second of two: `certs verify`.
    private func take(commandWord word: String, into request: inout Request) throws(UsageError) {
        let name = request.group.map { "\($0) \(word)" } ?? word
        // One word with a blank in it is no two words.
        if !word.contains(" "), let found = commands.first(where: { $0.name == name }) {
            request.command = found
            request.group = nil
        } else if request.group == nil, commands.contains(where: { $0.group == word }) {
            request.group = word
        } else {
            let known = commands.filter { !$0.isInternal }
            // Inside a group, and nowhere else, its commands are what may have been meant.
            let names = request.group == nil ? known.map { $0.group ?? $0.name } : known.map(\.name)
            throw .unknownCommand(name, suggestion: Suggestion.nearest(to: name, among: names))
        }
    }

    private func take(
        long argument: String, rest: inout ArraySlice<String>, into request: inout Request
    ) throws(UsageError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let option = try find(name, in: request) { $0.name == name }
        guard let placeholder = option.value else {
            if parts.count > 1 { throw .unexpectedValue(option: name, command: request.command?.name) }
            request.values[option.name, default: []].append("")
            return
        }
        let value =
            parts.count > 1
            ? String(parts[1]) : try next(&rest, for: name, placeholder: placeholder, in: request)
        request.values[option.name, default: []].append(value)
    }

    /// `-n`, or several switches in one word; the last may take a value, attached or as the next argument.
    private func take(
        cluster argument: String, rest: inout ArraySlice<String>, into request: inout Request
    ) throws(UsageError) {
        var letters = argument.dropFirst()
        while let letter = letters.popFirst() {
            let name = "-\(letter)"
            let option = try find(name, in: request) { $0.short == name }
            guard let placeholder = option.value else {
                request.values[option.name, default: []].append("")
                continue
            }
            let value =
                letters.isEmpty
                ? try next(&rest, for: name, placeholder: placeholder, in: request) : String(letters)
            request.values[option.name, default: []].append(value)
            return
        }
    }

    private func find(
        _ name: String, in request: Request, where matches: (Command.Option) -> Bool
    ) throws(UsageError) -> Command.Option {
        let known = (request.command?.options ?? []) + globals
        if let option = known.first(where: matches) { return option }
        throw .unknownOption(
            name, command: request.command?.name,
            suggestion: Suggestion.nearest(to: name, among: known.map(\.name)))
    }

    /// The next argument as a value. `-` alone is one (standard input), and so is a negative number.
    private func next(
        _ rest: inout ArraySlice<String>, for name: String, placeholder: String, in request: Request
    ) throws(UsageError) -> String {
        if let value = rest.first {
            let second = value.dropFirst().first
            if !value.hasPrefix("-") || second.map(\.isNumber) ?? true {
                return rest.removeFirst()
            }
        }
        throw .missingValue(option: name, placeholder: placeholder, command: request.command?.name)
    }

    private func requireArguments(_ request: Request) throws(UsageError) {
        if request.has(GlobalOptions.help) || request.has(GlobalOptions.version) { return }
        guard let command = request.command else {
            guard let group = request.group else { throw .missingCommand }
            let names = commands.filter { $0.group == group && !$0.isInternal }.map(\.name)
            throw .missingSubcommand(group, commands: names)
        }
        let missing = command.arguments.dropFirst(request.positionals.count).first(where: \.isRequired)
        if let missing { throw .missingArgument(missing.name, command: command.name) }
    }
}
