import EnvSchema

/// The pages of the manual, made of the command table and the template: docs/man holds them.
struct Manual {
    var commands: [Command]
    var globals: [Command.Option]
    var schema: Schema

    init(schema: Schema, commands: [Command] = CommandTable.all, globals: [Command.Option] = GlobalOptions.all) {
        self.schema = schema
        self.commands = commands.filter { !$0.isInternal }
        self.globals = globals
    }

    var pages: [ManualPage] { [overview] + commands.map(page) + [fileFormat] }

    /// The page of careinit itself.
    var overview: ManualPage {
        var page = ManualPage(name: "careinit", section: 1, summary: HelpText.overview)
        page.section("SYNOPSIS")
        page.add("\(Roff.bold("careinit")) \(Roff.italic("COMMAND")) [\(Roff.italic("OPTIONS"))]")
        page.section("DESCRIPTION")
        page.add(
            Roff.text(
                "careinit makes a .env of a commented template, finds every mistake in one, and starts the stack "
                    + "that it describes: nginx, three replicas of carenotes, PostgreSQL with two standbys, Redis, "
                    + "Prometheus and Alertmanager."))
        page.section("COMMANDS")
        for command in commands {
            page.item(".BR \(Roff.pageName(of: command)) (1)", command.summary)
        }
        page.list("OPTIONS", globals.map { (Roff.label(of: $0), $0.help) })
        page.list(
            "EXIT STATUS", ExitCode.allCases.map { (Roff.bold("\($0.rawValue)"), $0.meaning) })
        page.list("ENVIRONMENT", Footprint.variables.map { (Roff.bold($0.name), $0.meaning) })
        page.list("FILES", Footprint.files.map { (Roff.italic($0.path), $0.meaning) })
        page.seeAlso(commands.map { (Self.pageTitle(of: $0), 1) } + [("careinit.env", 5)])
        return page
    }

    /// The name of a command's page, in one word as man(1) wants it: `careinit-certs-check`.
    static func pageTitle(of command: Command) -> String {
        "careinit-" + command.name.replacing(" ", with: "-")
    }

    /// The page of one command.
    func page(of command: Command) -> ManualPage {
        var page = ManualPage(name: Self.pageTitle(of: command), section: 1, summary: command.summary)
        page.section("SYNOPSIS")
        page.add(synopsis(of: command))
        page.section("DESCRIPTION")
        page.add(Roff.text(command.summary))
        page.list("ARGUMENTS", command.arguments.map { (Roff.italic($0.name), $0.help) })
        page.list("OPTIONS", command.options.map { (Roff.label(of: $0), words(of: $0)) })
        let own = Set(command.options.map(\.name))
        page.list(
            "GLOBAL OPTIONS", globals.filter { !own.contains($0.name) }.map { (Roff.label(of: $0), $0.help) })
        page.section("EXIT STATUS")
        page.add(Roff.text("0 where it did what it was asked. The other codes are those of all commands:"))
        page.add(Roff.reference("careinit", 1, "."))
        page.examples(command.examples)
        page.seeAlso([("careinit", 1), ("careinit.env", 5)])
        return page
    }

    /// The help, and the closed list of values where the help does not name each of them.
    private func words(of option: Command.Option) -> String {
        option.values.allSatisfy(option.help.contains)
            ? option.help : option.help + " One of: " + option.values.joined(separator: ", ") + "."
    }

    private func synopsis(of command: Command) -> String {
        let options = command.options.map { option in
            let value = option.value.map { " " + Roff.italic($0) } ?? ""
            return "[\(Roff.bold(option.name))\(value)]" + (option.isRepeated ? "..." : "")
        }
        let arguments = command.arguments.map { argument in
            let word = Roff.italic(argument.name) + (argument.isRepeated ? "..." : "")
            return argument.isRequired ? word : "[\(word)]"
        }
        return ([Roff.bold("careinit \(command.name)")] + options + arguments).joined(separator: "\n")
    }
}

extension Roff {
    /// Such as `-n, --lines COUNT`, with its marks.
    static func label(of option: Command.Option) -> String {
        (option.short.map { bold($0) + ", " } ?? "") + bold(option.name)
            + (option.value.map { " " + italic($0) } ?? "")
    }

    static func pageName(of command: Command) -> String { argument(Manual.pageTitle(of: command)) }
}
