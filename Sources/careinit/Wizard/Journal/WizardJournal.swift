import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// What was answered so far, on disk before the next question is asked, so that a run that was stopped can go on.
///
/// Its owner must hold the project's lock.
final class WizardJournal {
    private let project: Project
    private let file: Descriptor
    private var secrets: JournalSecrets
    private var references: [String: String]

    private init(_ project: Project, secrets: JournalSecrets, references: [String: String]) throws(CommandFailure)
    {
        self.project = project
        self.secrets = secrets
        self.references = references
        let path = project.wizardJournal
        file = Descriptor(takingOwnershipOf: open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC))
        guard file.isOpen else { throw FileTree.failure(.last("open", path)) }
    }

    // MARK: Beginning

    /// Begins a new journal in place of any other.
    ///
    /// - Parameters:
    ///   - project: The stack whose settings are asked for.
    ///   - template: The bytes of the template.
    ///   - profile: nil where it is to be asked for.
    ///   - now: Seconds since 1970.
    /// - Returns: The journal, with nothing in it.
    /// - Throws: exit code 77 or 73 where it cannot be written.
    static func begin(
        _ project: Project, template: [UInt8], profile: Profile?, now: Int64
    ) throws(CommandFailure) -> WizardJournal {
        let header = JournalHeader(
            careinit: VersionCommand.current, environment: try digestOfEnvironment(project),
            template: Digest.sha256Hex(template), profile: profile, started: now)
        try WizardFolder.prepare(project)
        try OutputFile.write(try bytes(of: [.header(header)]), to: project.wizardJournal)
        unlink(project.wizardSecrets)
        return try WizardJournal(project, secrets: JournalSecrets(), references: [:])
    }

    /// Goes on with what was loaded: writes it anew, without what was forgotten or cut off, and appends to it.
    static func resume(_ project: Project, _ contents: Contents) throws(CommandFailure) -> WizardJournal {
        try WizardFolder.prepare(project)
        let references = contents.references
        let plain = contents.answers.filter { references[$0.key] == nil }
        var entries: [JournalEntry] = [.header(contents.header)]
        entries += plain.sorted { $0.key < $1.key }.map { .answer(name: $0.key, value: $0.value) }
        entries += references.sorted { $0.key < $1.key }.map { .secret(name: $0.key, reference: $0.value) }
        if let position = contents.position { entries.append(.position(position)) }
        try OutputFile.write(try bytes(of: entries), to: project.wizardJournal)
        return try WizardJournal(project, secrets: contents.secrets, references: references)
    }

    // MARK: Recording

    /// Keeps an answer. A secret goes into the store of secrets first, and the journal only names it.
    func record(name: String, value: String, isSecret: Bool) throws(CommandFailure) {
        guard isSecret, !value.isEmpty else {
            try append(.answer(name: name, value: value))
            references[name] = nil
            return
        }
        let others = references.filter { $0.key != name }.values
        // The reference that the journal still has for this name stays until the new line stands.
        let reference = secrets.add(value, keeping: Array(others) + [references[name]].compactMap(\.self))
        try OutputFile.write(try Self.encode { try secrets.bytes }, to: project.wizardSecrets)
        try append(.secret(name: name, reference: reference))
        references[name] = reference
    }

    /// The variable goes back to its proposal.
    func forget(name: String) throws(CommandFailure) {
        try append(.forget(name: name))
        references[name] = nil
    }

    /// The question that is asked next.
    func moveTo(_ position: WizardPosition) throws(CommandFailure) { try append(.position(position)) }

    func choose(_ profile: Profile) throws(CommandFailure) { try append(.profile(profile)) }

    /// The answers are in the `.env`, or not wanted any more.
    func remove() throws(CommandFailure) { try Self.remove(project) }

    /// Removes what an earlier run has left, if anything. The journal first: without it, nothing refers to the secrets.
    static func remove(_ project: Project) throws(CommandFailure) {
        for path in [project.wizardJournal, project.wizardSecrets] {
            guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else {
                throw FileTree.failure(.last("remove", path))
            }
        }
        do throws(SystemError) {
            if FileSystem.isFolder(project.wizardFolder) { try FileTree.sync(project.wizardFolder) }
        } catch { throw FileTree.failure(error) }
    }

    /// One write and one fsync. What a full disk cut off is taken back, so that the next line stands by itself.
    private func append(_ entry: JournalEntry) throws(CommandFailure) {
        let line = try Self.bytes(of: [entry])
        let length = lseek(file.number, 0, SEEK_END)
        let count = line.withUnsafeBytes { bytes in
            retryingInterrupts { write(file.number, bytes.baseAddress, bytes.count) }
        }
        if count == line.count, fsync(file.number) == 0 { return }
        // write(2) that wrote less says nothing of why: there was no room for the rest.
        let code = count >= 0 && count < line.count ? ENOSPC : errno
        if length >= 0 { ftruncate(file.number, length) }
        throw FileTree.failure(SystemError(call: "write", subject: project.wizardJournal, code: code))
    }

    private static func bytes(of entries: [JournalEntry]) throws(CommandFailure) -> [UInt8] {
        try encode { try entries.flatMap { try $0.line } }
    }

    private static func encode(_ work: () throws -> [UInt8]) throws(CommandFailure) -> [UInt8] {
        do { return try work() } catch {
            throw CommandFailure(.failure, "an answer cannot be kept for a later run", why: "\(type(of: error))")
        }
    }

    /// `none` where there is no `.env`.
    static func digestOfEnvironment(_ project: Project) throws(CommandFailure) -> String {
        try InputFile.read(project.environmentFile).map { Digest.sha256Hex($0.bytes) } ?? "none"
    }
}
