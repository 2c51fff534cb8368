/// Renders help from the command table, wrapped to a width; labels stand in a column of 26.
struct HelpText {
    static let labelColumn = 26
    static let overview = "Sets up, checks and runs the carenotes stack from one .env file."
    var width: Int

    /// The overview of all commands.
    func overview(of commands: [Command], globals: [Command.Option]) -> String {
        let visible = commands.filter { !$0.isInternal }
        let examples = [
            Command.Example(
                line: "careinit wizard", meaning: "Ask, explain, write .env, start the stack."),
            Command.Example(
                line: "careinit provision --profile local --start",
                meaning: "The same on this machine, without a question."),
            Command.Example(line: "careinit check .env", meaning: "Every mistake at once, with its fix."),
        ]
        return joined([
            paragraph("OVERVIEW: \(Self.overview)"),
            "USAGE: careinit <command> [options]",
            self.examples(examples),
            section("COMMANDS:", visible.map { ($0.name, $0.summary) }),
            section("GLOBAL OPTIONS:", globals.map { (label(of: $0), $0.help) }),
            "See careinit help <command> for one command, careinit help exit-codes for what it returns.",
        ])
    }

    /// The help of one command.
    func help(for command: Command, globals: [Command.Option]) -> String {
        let own = Set(command.options.map(\.name))
        let inherited = globals.filter { !own.contains($0.name) }
        return joined([
            paragraph("OVERVIEW: \(command.summary)"),
            usage(of: command),
            examples(command.examples),
            section("ARGUMENTS:", command.arguments.map { ($0.name, $0.help) }),
            section("OPTIONS:", command.options.map { (label(of: $0), $0.help) }),
            section("GLOBAL OPTIONS:", inherited.map { (label(of: $0), $0.help) }),
        ])
    }

    /// A titled list of labels with explanations; nil when there is none.
    func section(_ title: String, _ rows: [(label: String, text: String)]) -> String? {
        if rows.isEmpty { return nil }
        return ([title] + rows.map { row($0.label, $0.text) }).joined(separator: "\n")
    }

    private func usage(of command: Command) -> String {
        var words = ["careinit \(command.name)"]
        words += command.options.map { option in
            "[" + option.name + (option.value.map { " \($0)" } ?? "") + "]" + (option.isRepeated ? "..." : "")
        }
        words += command.arguments.map { argument in
            let word = argument.name + (argument.isRepeated ? "..." : "")
            return argument.isRequired ? word : "[\(word)]"
        }
        return wrap(words, first: "USAGE: ", indent: 7)
    }

    private func examples(_ examples: [Command.Example]) -> String? {
        if examples.isEmpty { return nil }
        let rows = examples.map { "  \($0.line)\n" + wrap(words($0.meaning), first: "      ", indent: 6) }
        return (["EXAMPLES:"] + rows).joined(separator: "\n")
    }

    private func label(of option: Command.Option) -> String {
        (option.short.map { "\($0), " } ?? "") + option.name + (option.value.map { " \($0)" } ?? "")
    }

    private func row(_ label: String, _ text: String) -> String {
        let head = "  " + label
        let indent = Self.labelColumn
        if head.count >= indent {
            return head + "\n" + wrap(words(text), first: String(repeating: " ", count: indent), indent: indent)
        }
        let padded = head + String(repeating: " ", count: indent - head.count)
        return wrap(words(text), first: padded, indent: indent)
    }

    private func paragraph(_ text: String) -> String { wrap(words(text), first: "", indent: 0) }
    private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    private func joined(_ blocks: [String?]) -> String { blocks.compactMap { $0 }.joined(separator: "\n\n") }

    private func wrap(_ words: [String], first: String, indent: Int) -> String {
        TextWrap.wrap(words, width: width, first: first, indent: String(repeating: " ", count: indent))
    }
}
