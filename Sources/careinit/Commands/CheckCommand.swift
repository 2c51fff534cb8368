import EnvSchema

/// `careinit check`: every mistake in a `.env` at once.
enum CheckCommand {
    static let command = Command(
        name: "check",
        summary: "Show every mistake in a .env at once, each with its place, its reason and its fix.",
        arguments: [.init(name: "FILE", help: "The file to check (default: .env); - for standard input.")],
        options: [
            .init(
                name: "--for", value: "READERS",
                help: "Also show what these read differently, such as compose,node,systemd,sh.",
                values: Dialect.allCases.map(\.rawValue), isList: true),
            .init(
                name: "--format", value: "FORMAT",
                help: "text (default), json, sarif (2.1.0) or github (annotations).",
                values: Format.allCases.map(\.rawValue)),
            .init(name: "--stdin", help: "Check what comes on standard input."),
            .init(
                name: "--template", value: "FILE", help: "Check against this template instead of careinit's own."),
            .json, .environmentFile,
        ],
        examples: [
            .init(line: "careinit check", meaning: "Check .env in this folder: exit code 0 clean, 1 findings."),
            .init(
                line: "careinit check --for compose,node,sh",
                meaning: "Also whether Docker Compose, Node.js and dash read the same values."),
            .init(line: "careinit check production.env --format json", meaning: "One JSON document for programs."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let format = try format(invocation)
        let readers = try readers(invocation)
        let template = try TemplateSource.environment(file: invocation.value("--template"))
        let file = try EnvironmentFile.load(try path(invocation))
        let comparison = DialectComparison(readers, schema: template.schema)
        let findings = file.allFindings(schema: template.schema) + comparison.findings(in: file.document)
        let report = FindingsReport(
            path: file.path == standardInput ? "<stdin>" : file.path, findings: findings.inOrder(),
            variableCount: Set(file.document.assignments.map(\.name)).count,
            source: .init(document: file.document, schema: template.schema))
        switch format {
        case .text: report.text.forEach(invocation.console.print)
        case .json: invocation.console.print(try report.json())
        case .sarif: invocation.console.print(try report.sarif())
        case .github: report.github.forEach(invocation.console.print)
        }
        return report.findings.isEmpty ? .success : .failure
    }

    private static func path(_ invocation: Invocation) throws(CommandFailure) -> String {
        let named = invocation.positionals.first ?? invocation.value("--env-file")
        guard invocation.has("--stdin") || named == "-" else { return named ?? ".env" }
        guard named == nil || named == "-" else {
            throw CommandFailure(
                .usage, "there are two things to check: a file and standard input", place: "--stdin",
                fix: "name one of them")
        }
        return standardInput
    }

    private static let standardInput = "/dev/stdin"

    enum Format: String, CaseIterable {
        case text
        case json
        case sarif
        case github
    }

    /// - Throws: exit code 64 for a word that is no format.
    private static func format(_ invocation: Invocation) throws(CommandFailure) -> Format {
        guard let word = invocation.value("--format") else { return invocation.has("--json") ? .json : .text }
        guard let format = Format(rawValue: word) else {
            let names = Format.allCases.map { "--format \($0.rawValue)" }.joined(separator: ", ")
            throw CommandFailure(.usage, "there is no format “\(word)”", place: "--format", fix: names)
        }
        return format
    }

    /// - Throws: exit code 64 for a word that is no reader.
    private static func readers(_ invocation: Invocation) throws(CommandFailure) -> [Dialect] {
        guard let list = invocation.value("--for") else { return [] }
        let names = Dialect.allCases.map(\.rawValue)
        var readers: [Dialect] = []
        for word in list.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
            guard let reader = Dialect(rawValue: word) else {
                let nearest = Suggestion.nearest(to: word, among: names).map { "did you mean \($0)? " } ?? ""
                throw CommandFailure(
                    .usage, "there is no reader “\(word)”", place: "--for",
                    fix: "\(nearest)There are \(names.joined(separator: ", "))")
            }
            if !readers.contains(reader) { readers.append(reader) }
        }
        return readers
    }
}
