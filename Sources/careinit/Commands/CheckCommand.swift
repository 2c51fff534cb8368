import EnvSchema

/// `careinit check`: every mistake in a `.env` at once.
enum CheckCommand {
    static let command = Command(
        name: "check",
        summary: "Show every mistake in a .env at once, each with its place, its reason and its fix.",
        arguments: [.init(name: "FILE", help: "The file to check (default: .env).")],
        options: [
            .init(name: "--format", value: "FORMAT", help: "text (default) or json."),
            .init(
                name: "--template", value: "FILE", help: "Check against this template instead of careinit's own."),
            .json, .environmentFile,
        ],
        examples: [
            .init(line: "careinit check", meaning: "Check .env in this folder: exit code 0 clean, 1 findings."),
            .init(line: "careinit check production.env --format json", meaning: "One JSON document for programs."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let format = try format(invocation)
        let path = invocation.positionals.first ?? invocation.value("--env-file") ?? ".env"
        let template = try TemplateSource.environment(file: invocation.value("--template"))
        let file = try EnvironmentFile.load(path)
        let report = FindingsReport(
            path: path, findings: file.allFindings(schema: template.schema),
            variableCount: Set(file.document.assignments.map(\.name)).count)
        switch format {
        case .text: report.text.forEach(invocation.console.print)
        case .json: invocation.console.print(try report.json())
        }
        return report.findings.isEmpty ? .success : .failure
    }

    enum Format: String, CaseIterable {
        case text
        case json
    }

    /// - Throws: exit code 64 for a word that is no format.
    private static func format(_ invocation: Invocation) throws(CommandFailure) -> Format {
        guard let word = invocation.value("--format") else { return invocation.has("--json") ? .json : .text }
        guard let format = Format(rawValue: word) else {
            throw CommandFailure(
                .usage, "there is no format “\(word)”", place: "--format", fix: "--format text, or --format json")
        }
        return format
    }
}
