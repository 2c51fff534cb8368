import EnvSchema

/// `careinit env restore`: shows the backups of a `.env`, and brings one back.
enum EnvRestoreCommand {
    static let command = Command(
        name: "env restore",
        summary: "List the backups of .env, or put one in its place; the present file is kept as a backup.",
        arguments: [
            .init(name: "BACKUP", help: "Its name, or the time in it; without one, all are listed.")
        ],
        options: [
            .init(name: "--list", help: "List them, newest first, with the variables that each would change."),
            .yes,
            .init(name: "--dry-run", short: "-n", help: "Say what would change, and change nothing."),
            .json, .environmentFile,
        ],
        examples: [
            .init(line: "careinit env restore", meaning: "The backups, and which variables each sets otherwise."),
            .init(
                line: "careinit env restore .env.backup-20261123T131005Z",
                meaning: "Asks, keeps the present file, and puts that one in its place."),
            .init(line: "careinit env restore 20261123T131005Z --yes", meaning: "The same without asking."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let named = invocation.positionals.first
        guard named == nil || !invocation.has("--list") else {
            throw CommandFailure(
                .usage, "--list shows all backups and restores none", place: "careinit env restore",
                fix: "leave out --list to restore \(named ?? "it"), or the name to list them")
        }
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        guard let named else { return try list(project, invocation) }
        try StateDirectory.requireOwn(project)
        let backup = try find(named, of: project)
        if invocation.has("--dry-run") {
            let restoration = try restoration(backup, project)
            describe(restoration, invocation)
            return try show(RestorationReport(.planned, restoration), invocation)
        }
        let lock = try ProjectLock.acquire(project, command: "env restore")
        return try withExtendedLifetime(lock) { try restore(try restoration(backup, project), invocation) }
    }

    private static func list(_ project: Project, _ invocation: Invocation) throws -> ExitCode {
        let present = FileSystem.read(project.environmentFile).map { EnvDocument(parsing: $0) }
        let list = try BackupList.read(project.environmentFile, present: present)
        if invocation.has("--json") {
            invocation.console.print(try JSONText.encode(list))
        } else {
            list.lines.forEach(invocation.console.print)
        }
        return .success
    }

    /// A backup of this `.env`, by its name, its path or the time in its name.
    private static func find(_ named: String, of project: Project) throws(CommandFailure) -> Backup {
        let backups = try Backup.all(of: project.environmentFile)
        let name = named.split(separator: "/").last.map(String.init) ?? named
        let found = backups.first { $0.name == name || $0.name.hasSuffix(".backup-\(name)") }
        let isPath = named.contains("/")
        if let found, !isPath || FileSystem.realPath(named.parentPath) == project.directory { return found }
        throw CommandFailure(
            .missingInput,
            "there is no backup \(PrintableText.make(named, width: 120)) of \(project.environmentFile)",
            place: project.directory,
            fix: backups.isEmpty
                ? "there is none at all: careinit keeps one each time it changes the file"
                : "careinit env restore --list shows them")
    }

    private static func restoration(_ backup: Backup, _ project: Project) throws(CommandFailure)
        -> BackupRestoration
    {
        let schema = try TemplateSource.environment().schema
        return try BackupRestoration(backup, project: project, schema: schema, now: Clock.now())
    }

    private static func restore(_ restoration: BackupRestoration, _ invocation: Invocation) throws -> ExitCode {
        if restoration.isInPlace { return try show(RestorationReport(.unchanged, restoration), invocation) }
        describe(restoration, invocation)
        if !invocation.has("--yes") {
            let question =
                "Put \(restoration.contents.backup.name) in the place of \(restoration.project.environmentFile)?"
            guard try Confirmation.ask(question, console: invocation.console) else {
                _ = try show(RestorationReport(.declined, restoration), invocation)
                return .failure
            }
        }
        let kept = try restoration.carryOut()
        return try show(RestorationReport(.restored, restoration, kept: kept), invocation)
    }

    /// What would change, and what to mind: on standard error, for it comes before the question.
    private static func describe(_ restoration: BackupRestoration, _ invocation: Invocation) {
        if !invocation.console.isQuiet { invocation.console.note("Changes \(restoration.difference.text).") }
        restoration.warnings.forEach(invocation.console.note)
    }

    private static func show(_ report: RestorationReport, _ invocation: Invocation) throws -> ExitCode {
        if invocation.has("--json") {
            invocation.console.print(try JSONText.encode(report))
        } else if !invocation.console.isQuiet {
            report.lines.forEach(invocation.console.print)
        }
        return .success
    }
}
