import EnvSchema
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// Reads what answers come from, and carries out what was planned: the effects around `AnswerSheet`.
struct Provisioner {
    let project: Project
    let schema: Schema
    let template: EnvDocument
    /// Seconds since 1970.
    let now: Int64

    init(project: Project, now: Int64) throws(CommandFailure) {
        self.project = project
        self.now = now
        let source = try TemplateSource.environment()
        template = source.document
        schema = source.schema
    }

    // MARK: Reading

    /// The sheet from everything that is there. Without a profile it is the one that the existing file looks like, else
    /// production. Throws what makes the existing file unusable.
    func sheet(profile: Profile?, given: GivenAnswers) throws -> AnswerSheet {
        let existing = try existingDocument()
        var inputs = AnswerInputs(set: given.set, answers: given.answers, existing: existing)
        inputs.holdsData = holdsDatabase || hasVolume(existing)
        for variable in schema.variables {
            guard let policy = variable.generation else { continue }
            inputs.generated[variable.name] = try policy.secret()
        }
        var sheet = AnswerSheet(schema: schema, template: template, inputs: inputs)
        sheet.inputs.profile = profile ?? Self.profile(of: sheet)
        sheet.inputs.freePorts = Self.freePorts(for: sheet)
        return sheet
    }

    /// Refuses to give new secrets to data that was made with others.
    func requireSecretsOfData(_ sheet: AnswerSheet) throws(CommandFailure) {
        guard sheet.inputs.holdsData else { return }
        let bound = schema.variables.filter(\.bindsData)
        let unknown = bound.filter { sheet.answer(for: $0)?.source == .generated }.map(\.name)
        if !unknown.isEmpty { throw secretsAreLost(unknown) }
        let changed = bound.filter { variable in
            let old = sheet.inputs.existing?.value(of: variable.name) ?? ""
            return !old.isEmpty && sheet.value(of: variable.name) != old
        }
        if let name = changed.first?.name {
            throw CommandFailure(
                .invalidData, "\(name) cannot be changed here", place: project.environmentFile,
                why: "data in the database depends on it", fix: "leave it as it is, and rotate it instead")
        }
    }

    private func secretsAreLost(_ names: [String]) -> CommandFailure {
        let volumes = ["pg-1", "pg-2", "pg-3"].map { "\(project.composeName)_\($0)" }
        let isFolder = holdsDatabase
        let away =
            isFolder ? "move \(project.stateDirectory) away" : "docker volume rm \(volumes.joined(separator: " "))"
        return CommandFailure(
            .invalidData, "the database is there, but not the secrets that it was made with",
            place: isFolder ? "\(project.stateDirectory)/data" : "the Docker volume \(volumes[0])",
            why: "missing: \(names.joined(separator: ", "))",
            fix: "bring back \(project.environmentFile), such as from \(project.environmentFile).backup-…;"
                + " or, to begin without that data, \(away)")
    }

    private func existingDocument() throws(CommandFailure) -> EnvDocument? {
        guard let file = try InputFile.read(project.environmentFile) else { return nil }
        guard !file.bytes.contains(0) else {
            throw CommandFailure(
                .invalidData, "\(project.environmentFile) is not a text file", why: "there are zero bytes in it",
                fix: "name the right file with --env-file, or move this one away")
        }
        let document = EnvDocument(parsing: file.bytes)
        let problems = document.problems.filter { $0.severity == .error }
        guard let first = problems.first else { return document }
        let place = first.position.map { ":\($0.line):\($0.column)" } ?? ""
        throw CommandFailure(
            .invalidData, "\(project.environmentFile) cannot be read as settings: \(first.reason)",
            place: project.environmentFile + place,
            why: problems.count > 1 ? "there are \(problems.count) such places" : nil,
            fix:
                "\(first.fix(in: project.environmentFile)); careinit check \(project.environmentFile) shows everything"
        )
    }

    /// Whether a member of the database has left data behind.
    private var holdsDatabase: Bool {
        ["pg-1", "pg-2", "pg-3"].contains { name in
            guard let folder = opendir("\(project.stateDirectory)/data/\(name)") else { return errno == EACCES }
            defer { closedir(folder) }
            // `.` and `..` are always there.
            return (0..<3).allSatisfy { _ in readdir(folder) != nil }
        }
    }

    /// Whether the database lies in a volume of Docker's. The engine is asked only where there may be one: the stack ran in
    /// containers before, or secrets that data would need are missing.
    private func hasVolume(_ existing: EnvDocument?) -> Bool {
        let ranInContainers = project.runtimeKind == .compose
        let isIncomplete = schema.variables.contains { variable in
            variable.bindsData && (existing?.value(of: variable.name) ?? "").isEmpty
        }
        guard FileSystem.exists(Self.engineSocket) else { return ranInContainers }
        return (ranInContainers || isIncomplete) && ComposeRuntime(project: project).hasData
    }

    private static let engineSocket = "/var/run/docker.sock"

    /// The profile that the existing file looks like, by the first variable whose local value is another than its default.
    private static func profile(of sheet: AnswerSheet) -> Profile {
        let telling = sheet.schema.variables.first { variable in
            variable.localValue.map { !$0.contains("$") && $0 != variable.defaultValue } ?? false
        }
        guard let telling, let existing = sheet.inputs.existing else { return .production }
        return existing.value(of: telling.name) == telling.localValue ? .local : .production
    }

    private static func freePorts(for sheet: AnswerSheet) -> [String: FreePort] {
        var local = sheet
        local.inputs.profile = .local
        return FreePorts(sheet: local, isHeld: PortProbe.isHeld).choose()
    }

    // MARK: Planning and writing

    func plan(_ sheet: AnswerSheet) throws(CommandFailure) -> ProvisionPlan {
        let document = sheet.document()
        let present = try InputFile.read(project.environmentFile)
        let settings = CertificateSettings(sheet, folder: project.directory)
        let isSame = present?.bytes == document.bytes && present?.isOpenToOthers == false
        let keepsContents = present == nil || present?.bytes == document.bytes || present?.bytes.isEmpty == true
        return ProvisionPlan(
            document: document, writes: !isSame, changed: sheet.changes(in: document),
            backup: keepsContents ? nil : Backup.freePath(of: project.environmentFile, now: now),
            upgrade: upgrade(of: sheet.inputs.existing),
            certificate: try CertificateStep(now: now).action(for: settings))
    }

    /// What the template says otherwise than when the existing file was written.
    func upgrade(of existing: EnvDocument?) -> TemplateUpgrade {
        TemplateUpgrade(from: TemplateSnapshot.schema(project), to: schema, existing: existing)
    }

    /// Backs up, writes and makes what the plan says; nothing when it says nothing.
    func carryOut(_ plan: ProvisionPlan, for sheet: AnswerSheet) throws(CommandFailure) {
        try verify(plan.document, against: sheet)
        if plan.writes {
            let present = try InputFile.read(project.environmentFile)
            if let backup = plan.backup, let present {
                try OutputFile.write(present.bytes, to: backup, owner: owner(of: present))
            }
            do {
                try OutputFile.write(
                    plan.document.bytes, to: project.environmentFile, owner: present.flatMap(owner))
            } catch {
                if let backup = plan.backup { unlink(backup) }
                throw error
            }
            try AuditLog(project).settings(present?.bytes, plan.document.bytes, file: project.environmentFile)
        }
        if case .make(let settings, let reason) = plan.certificate {
            try CertificateStep(now: now).make(settings)
            try AuditLog(project).append(
                action: .certificateMade, file: settings.certificatePath, note: "self-signed: \(reason)")
        }
        try noteAges(of: plan, sheet)
        // Also where the file needed no change: what is new in the template has been told.
        try TemplateSnapshot.keep(template, for: project)
    }

    /// When each secret that is new came to be.
    private func noteAges(of plan: ProvisionPlan, _ sheet: AnswerSheet) throws(CommandFailure) {
        let changed = schema.variables.filter { variable in
            guard variable.isSecret, let value = plan.document.value(of: variable.name), !value.isEmpty else {
                return false
            }
            return value != sheet.inputs.existing?.value(of: variable.name)
        }
        guard plan.writes, !changed.isEmpty else { return }
        try SecretsFolder.make(project)
        try SecretAges(project: project).note(changed.map(\.name), now: now)
    }

    /// Root must not take a file from its owner.
    private func owner(of file: InputFile) -> (user: UInt32, group: UInt32)? { geteuid() == 0 ? file.owner : nil }

    /// Reads the bytes back before they replace anything: every answer must come out as it went in.
    private func verify(_ document: EnvDocument, against sheet: AnswerSheet) throws(CommandFailure) {
        let read = EnvDocument(parsing: document.bytes)
        for variable in schema.variables {
            guard let written = read.value(of: variable.name) else { continue }
            guard written == sheet.value(of: variable.name) else {
                throw CommandFailure(
                    .failure, "\(variable.name) would not be read back as it was given; nothing was written",
                    place: project.environmentFile, fix: "give it another value, and report this")
            }
        }
    }
}
