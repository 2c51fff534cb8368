import EnvSchema

#if canImport(Glibc)
    import Glibc
#endif

/// Puts a backup in the place of the present `.env`, which is itself kept as a backup first.
struct BackupRestoration {
    let project: Project
    let schema: Schema
    let contents: BackupContents
    /// The file that is replaced; nil where there is none.
    let present: InputFile?
    /// Seconds since 1970.
    let now: Int64

    /// - Throws: what `BackupContents.read` does, or that the present file cannot be read.
    init(_ backup: Backup, project: Project, schema: Schema, now: Int64) throws(CommandFailure) {
        self.project = project
        self.schema = schema
        self.now = now
        contents = try BackupContents.read(backup)
        present = try InputFile.read(project.environmentFile)
    }

    var difference: BackupDifference {
        contents.differences(from: present.map { EnvDocument(parsing: $0.bytes) })
    }

    /// Whether there is nothing to do: the same bytes, and nobody else may read them.
    var isInPlace: Bool { present?.bytes == contents.document.bytes && present?.isOpenToOthers == false }

    /// What the operator should know before saying yes.
    var warnings: [String] {
        let document = present.map { EnvDocument(parsing: $0.bytes) }
        let bound = schema.variables.filter(\.bindsData).map(\.name).filter { name in
            document?.value(of: name) != contents.document.value(of: name)
        }
        let errors = Checker(schema: schema).findings(in: contents.document).count { $0.severity == .error }
        var warnings: [String] = []
        if !bound.isEmpty, FileSystem.exists("\(project.stateDirectory)/data") {
            warnings.append(
                "Stored data depend on \(bound.joined(separator: ", ")), which would change:"
                    + " careinit up refuses values that they were not made with.")
        }
        if errors > 0 {
            warnings.append(
                "The template of this careinit finds \(errors) error\(errors == 1 ? "" : "s") in it:"
                    + " careinit check \(contents.backup.path)")
        }
        return warnings
    }

    /// Keeps the present file, then replaces it.
    ///
    /// - Returns: Where the present file is kept; nil where there was none, or the same.
    /// - Throws: exit code 75 where somebody changed the file meanwhile; 73 or 77 where it cannot be written, and then
    ///   nothing has changed.
    func carryOut() throws(CommandFailure) -> String? {
        guard try InputFile.read(project.environmentFile)?.bytes == present?.bytes else {
            throw CommandFailure(
                .locked, "\(project.environmentFile) was changed meanwhile; nothing was written",
                fix: "run the same command again")
        }
        let kept = try keepPresent()
        do throws(CommandFailure) {
            try OutputFile.write(contents.document.bytes, to: project.environmentFile, owner: owner)
        } catch {
            if let kept { unlink(kept) }
            throw error
        }
        try AuditLog(project).settings(
            present?.bytes, contents.document.bytes, file: project.environmentFile, action: .settingsRestored)
        return kept
    }

    private func keepPresent() throws(CommandFailure) -> String? {
        guard let present, present.bytes != contents.document.bytes, !present.bytes.isEmpty else { return nil }
        let path = Backup.freePath(of: project.environmentFile, now: now)
        try OutputFile.write(present.bytes, to: path, owner: owner)
        return path
    }

    /// Root must not take a file from its owner: that of the present file, or else of the backup.
    private var owner: (user: UInt32, group: UInt32)? {
        guard geteuid() == 0 else { return nil }
        if let present { return present.owner }
        return FileSystem.status(contents.backup.path).map { ($0.st_uid, $0.st_gid) }
    }
}
