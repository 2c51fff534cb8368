/// `careinit man`: the manual, as man(7).
enum ManCommand {
    static let fileFormatPage = "careinit.env"

    static let command = Command(
        name: "man",
        summary: "Print a page of the manual for man: careinit, one of its commands, or the variables of a .env.",
        arguments: [
            .init(
                name: "PAGE", help: "A command, or \(fileFormatPage) (default: careinit itself).", isRepeated: true
            )
        ],
        examples: [
            .init(line: "careinit man check | man -l -", meaning: "Read about careinit check."),
            .init(
                line: "careinit man > /usr/local/share/man/man1/careinit.1",
                meaning: "From then on, man careinit shows it."),
            .init(
                line: "careinit man \(fileFormatPage) > /usr/local/share/man/man5/\(fileFormatPage).5",
                meaning: "Every variable of a .env, for man \(fileFormatPage)."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let manual = Manual(schema: try TemplateSource.environment().schema)
        let words = invocation.positionals
        Console.write(try page(words.isEmpty ? nil : words.joined(separator: " "), of: manual).text, to: 1)
        return .success
    }

    /// - Throws: exit code 64 for a page that there is not.
    static func page(_ name: String?, of manual: Manual) throws(CommandFailure) -> ManualPage {
        guard let name else { return manual.overview }
        let pages = manual.pages
        let dashed = name.replacing(" ", with: "-")
        if let page = pages.first(where: { $0.name == name || $0.name == "careinit-\(dashed)" }) { return page }
        let names = manual.commands.map(\.name) + [fileFormatPage]
        throw CommandFailure(
            .usage, "there is no page “\(name)”", place: "careinit man",
            fix: Suggestion.nearest(to: name, among: names).map { "did you mean careinit man \($0)?" }
                ?? "careinit help lists the commands")
    }
}
