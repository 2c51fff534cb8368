import EnvSchema

#if canImport(Glibc)
    import Glibc
#endif

/// `careinit check --fix`: mends what can be mended without a change of what the readers read.
struct FixRun {
    var file: EnvironmentFile
    var readers: [Dialect]
    var schema: Schema
    var now = Timestamp.now()

    /// What is changed, as a value: the same for a dry run and a real one.
    struct Plan {
        var result: Fixer.Result
        /// Whether the file's permissions are narrowed to its owner.
        var closesFile: Bool
        /// Where the present file is kept; nil where its contents stay.
        var backup: String?

        var isEmpty: Bool { result.edits.isEmpty && !closesFile }
    }

    func plan() -> Plan {
        let result = Fixer(readers: readers, schema: schema).fix(file.document)
        return Plan(
            result: result, closesFile: file.findings.contains { $0.code == .readableByOthers },
            backup: result.edits.isEmpty ? nil : Backup.freePath(of: file.path, now: now))
    }

    /// Keeps the present file and puts the mended one in its place.
    ///
    /// - Throws: exit code 75 where somebody else changed the file meanwhile; 73 or 77 where it cannot be written, and then
    ///   nothing has changed.
    func carryOut(_ plan: Plan) throws(CommandFailure) {
        guard !plan.isEmpty else { return }
        guard let present = try InputFile.read(file.path, limit: SettingsFile.limit),
            present.bytes == file.document.bytes
        else {
            throw CommandFailure(
                .locked, "\(file.path) was changed while it was being checked; nothing was written",
                fix: "run careinit check --fix again")
        }
        // Root must not take a file from its owner.
        let owner = geteuid() == 0 ? present.owner : nil
        if let backup = plan.backup { try OutputFile.write(present.bytes, to: backup, owner: owner) }
        do throws(CommandFailure) {
            try OutputFile.write(plan.result.document.bytes, to: file.path, owner: owner)
        } catch {
            if let backup = plan.backup { unlink(backup) }
            throw error
        }
        let log = AuditLog(try StateDirectory.resolve(environmentFile: file.path))
        if log.belongsToStack {
            try log.settings(present.bytes, plan.result.document.bytes, file: file.path)
        }
    }

    /// What the plan does, for people; in the past tense once it is done.
    func lines(_ plan: Plan, isDone: Bool) -> [String] {
        let verb = isDone ? "mended" : "would mend"
        let spelling = plan.result.edits.filter { $0.code != .missingRequired }
        var lines = spelling.prefix(FindingsReport.shown).map { "\(file.path):\($0.line): \(verb): \($0.summary)" }
        if spelling.count > lines.count { lines.append("… and \(spelling.count - lines.count) more") }
        let added = plan.result.edits.count - spelling.count
        if added > 0 {
            lines.append("\(file.path): \(verb): add \(added) variable\(added == 1 ? "" : "s") from the template")
        }
        if plan.closesFile { lines.append("\(file.path): \(verb): let nobody but its owner read it (mode 600)") }
        if let backup = plan.backup, isDone { lines.append("The file as it was is \(backup).") }
        return lines
    }
}
