import EnvSchema

/// A `.env` file as it lies on the disk: what it says, and what is wrong with the file itself.
struct EnvironmentFile: Sendable {
    /// As the user named it.
    var path: String
    var document: EnvDocument
    /// About the file as a whole: its permissions, git.
    var findings: [Finding]

    /// - Throws: exit code 66 where there is no such file, 77 where it may not be read, 65 for what is no text file.
    static func load(_ path: String) throws(CommandFailure) -> EnvironmentFile {
        let file = try SettingsFile.read(path)
        var findings: [Finding] = []
        if file.bytes.isEmpty { findings.append(Finding(.emptyFile)) }
        if let mode = file.mode {
            if mode & 0o066 != 0 {
                findings.append(Finding(.readableByOthers, context: .init(expected: String(mode, radix: 8))))
            }
            switch GitIndex.tracks(path) {
            case .tracked: findings.append(Finding(.trackedByGit))
            case .unknown: findings.append(Finding(.gitUnreadable))
            case .untracked: break
            }
        }
        return EnvironmentFile(path: path, document: EnvDocument(parsing: file.bytes), findings: findings)
    }

    /// Everything that is wrong with the file and with what it says.
    func allFindings(schema: Schema) -> [Finding] { findings + Checker(schema: schema).findings(in: document) }

    /// The configuration of a project that may start: shows warnings on standard error, and all findings where one of them
    /// is an error.
    ///
    /// - Throws: exit code 65 when the file is wrong, besides those of `load`.
    static func requireValid(_ project: Project, console: Console) throws(CommandFailure) -> Configuration {
        let template = try TemplateSource.environment()
        let file = try load(project.environmentFile)
        let findings = file.allFindings(schema: template.schema)
        for line in findings.flatMap({ FindingText.lines($0, path: file.path) })
        where !console.isQuiet || findings.hasErrors {
            console.note(line)
        }
        do {
            guard !findings.hasErrors else { throw ConfigurationError(code: .findings, findings: findings) }
            return try Configuration(document: file.document, schema: template.schema)
        } catch {
            throw CommandFailure(
                .invalidData, "\(file.path) is not in order: \(FindingText.count(findings))",
                fix: "correct it, or let careinit wizard do it")
        }
    }
}
