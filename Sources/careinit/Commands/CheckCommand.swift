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
            .stdin,
            .init(
                name: "--fix",
                help:
                    "Mend what can be mended without a change of what is read, and add what is missing; keeps a backup."
            ),
            .init(name: "--dry-run", short: "-n", help: "With --fix: show what would change, and change nothing."),
            .init(
                name: "--template", value: "FILE", help: "Check against this template instead of careinit's own."),
            .json, .environmentFile,
        ] + LiveCheck.options,
        examples: [
            .init(
                line: "careinit check",
                meaning:
                    "Check .env in this folder, and the certificate it leads to: exit code 0 clean, 1 findings."
            ),
            .init(
                line: "careinit check --for compose,node,sh",
                meaning: "Also whether Docker Compose, Node.js and dash read the same values."),
            .init(
                line: "careinit check --fix --dry-run",
                meaning: "What could be mended, as a difference, and what is left."),
            .init(line: "careinit check production.env --format json", meaning: "One JSON document for programs."),
            .init(
                line: "careinit check --live --section Mail --test-mail you@care.example",
                meaning: "Also tries the mail server, step by step, and sends a mail by it."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        guard invocation.has("--fix") || !invocation.has("--dry-run") else {
            throw CommandFailure(
                .usage, "check changes nothing without --fix", place: "--dry-run", fix: "add --fix")
        }
        let format = try format(invocation)
        let readers = try readers(invocation)
        let live = try LiveCheck(invocation)
        let template = try TemplateSource.environment(file: invocation.value("--template"))
        var file = try EnvironmentFile.load(try SettingsPath.named(by: invocation))
        var fixes: FixRun.Plan?
        if invocation.has("--fix") {
            let run = FixRun(
                file: file, readers: readers.contains(.compose) ? readers : [.compose] + readers,
                schema: template.schema)
            fixes = try fix(run, format, invocation)
            if let fixes { file = try fixed(file, fixes, isDryRun: invocation.has("--dry-run")) }
        }
        let comparison = DialectComparison(readers, schema: template.schema)
        let findings =
            file.allFindings(schema: template.schema) + comparison.findings(in: file.document)
            + certificateFindings(file, template)
            + SecretFindings.read(file, template.schema, now: Clock.now())
        var report = FindingsReport(
            path: file.path == SettingsPath.standardInput ? "<stdin>" : file.path, findings: findings.inOrder(),
            variableCount: file.document.variableCount,
            source: .init(document: file.document, schema: template.schema), fixes: fixes)
        if format == .text { report.text.forEach(invocation.console.print) }
        report.proofs = try live?.run(file, template, findings: findings, console: invocation.console)
        try show(report, format, invocation.console)
        return report.isClean ? .success : .failure
    }

    /// None for standard input, which has no folder that relative paths could start from.
    private static func certificateFindings(
        _ file: EnvironmentFile, _ template: TemplateSource.Environment
    ) -> [Finding] {
        guard file.path != SettingsPath.standardInput else { return [] }
        let folder = FileSystem.realPath(file.path)?.parentPath ?? file.path.parentPath
        return CertificateFindings(
            document: file.document, template: template, folder: folder, now: Clock.now()
        ).findings
    }

    private static func show(_ report: FindingsReport, _ format: Format, _ console: Console) throws {
        switch format {
        case .text: report.proofs?.lines.forEach(console.print)
        case .json: console.print(try report.json())
        case .sarif: console.print(try report.withProofFindings.sarif())
        case .github: report.withProofFindings.github.forEach(console.print)
        }
    }

    // MARK: Fixing

    /// Carries the plan out, or shows what it would change.
    private static func fix(_ run: FixRun, _ format: Format, _ invocation: Invocation) throws -> FixRun.Plan {
        let console = invocation.console
        guard run.file.path != SettingsPath.standardInput else {
            throw CommandFailure(
                .usage, "there is no file to write the mended settings to", place: "--fix",
                why: "they come from standard input", fix: "name the file")
        }
        let plan = run.plan()
        if invocation.has("--dry-run") {
            let difference = LineDifference(run.file.document, plan.result, schema: run.schema)
            let show = format == .text ? console.print : console.note
            difference.lines(path: run.file.path).forEach(show)
        } else {
            try run.carryOut(plan)
        }
        if !console.isQuiet { run.lines(plan, isDone: !invocation.has("--dry-run")).forEach(console.note) }
        return plan
    }

    /// The file after the plan: as it lies on the disk now, or as it would.
    private static func fixed(
        _ file: EnvironmentFile, _ plan: FixRun.Plan, isDryRun: Bool
    ) throws(CommandFailure) -> EnvironmentFile {
        guard isDryRun else { return try EnvironmentFile.load(file.path) }
        var file = file
        file.document = plan.result.document
        file.findings.removeAll { $0.code == .readableByOthers }
        return file
    }

    // MARK: The command line

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
