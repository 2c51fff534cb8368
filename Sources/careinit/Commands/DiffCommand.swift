/// `careinit diff`: what a `.env` says otherwise than its template.
enum DiffCommand {
    static let command = Command(
        name: "diff",
        summary: "Show what a .env sets otherwise than the template, what it lacks, and what nothing reads.",
        arguments: [
            .init(name: "FILE", help: "The file (default: .env); - for standard input."),
            .init(name: "TEMPLATE", help: "The template (default: careinit's own)."),
        ],
        options: [.stdin, .environmentFile],
        examples: [
            .init(line: "careinit diff", meaning: "Exit code 0 where .env says what the template does, else 1."),
            .init(line: "careinit diff .env new.template", meaning: "What a newer template would change."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let path = try SettingsPath.named(by: invocation)
        let named = invocation.positionals.dropFirst().first
        let template = try TemplateSource.environment(file: named)
        let difference = TemplateDifference(try EnvironmentFile.load(path).document, template.schema)
        difference.lines.forEach(invocation.console.print)
        return difference.entries.isEmpty ? .success : .failure
    }
}
