import EnvSchema
import FoundationEssentials
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// careinit's own audit log: `.careinit/audit/careinit.log.jsonl`, a hash chain. Every change of a setting or a secret is a line of it.
///
///     try AuditLog(project).append(action: .secretPublished, subjects: [.init("DB_PASSWORD", before: old, after: new)])
struct AuditLog: Sendable {
    let folder: String
    /// Who stands in the entries; a parameter for tests.
    var invoker = Invoker.current()
    /// Seconds since 1970.
    var now: @Sendable () -> Int64 = { Clock.now() }

    /// What an entry is about. Values are only ever written as fingerprints.
    struct Subject: Sendable {
        var name: String
        var before: SecretBytes?
        var after: SecretBytes?
    }

    /// A file that is longer is rotated away, in bytes; none is ever removed.
    private static let rotationSize = 8 << 20

    init(_ project: Project) { folder = project.auditFolder }

    /// Where the files of the log lie.
    var place: ChainFolder { ChainFolder(folder, name: "careinit.log") }
    private var saltFile: String { "\(folder)/salt" }

    /// Adds an entry, which is on the disk when this returns.
    ///
    /// - Parameters:
    ///   - action: What was done.
    ///   - subjects: The variables or secrets that it changed.
    ///   - file: The file that it is about.
    ///   - generation: The generation that was put in force.
    ///   - note: What else there is to say, for people; never a value.
    /// - Throws: exit code 73 or 77 where it cannot be written: what was done is done, and not in the log.
    func append(
        action: AuditAction, subjects: [Subject] = [], file: String? = nil, generation: Int? = nil,
        note: String? = nil
    ) throws(CommandFailure) {
        do {
            try makeFolder()
            let log = try ChainLog(place, newID: { (try? SecretGenerator.uuid()) ?? "careinit" }, waits: true)
            let fingerprint = AuditFingerprint(salt: try salt())
            let entry = AuditEntry(
                time: Clock.text(now()), user: invoker.user, effectiveUser: invoker.effectiveUser,
                command: invoker.command, action: action, file: file, generation: generation, note: note,
                changes: subjects.map(fingerprint.change))
            try log.append([try Self.encode(entry)])
            try log.sync()
            if log.size > Self.rotationSize { try log.rotate() }
            try log.recordHead()
            try giveToOwner()
        } catch {
            throw failure(error)
        }
    }

    /// Whether there is a state folder: what is done to a lone file is nobody's stack.
    var belongsToStack: Bool { FileSystem.isFolder(folder.parentPath) }

    /// Adds what a file of settings says otherwise than the one before it.
    func settings(
        _ old: [UInt8]?, _ new: [UInt8], file: String, action: AuditAction = .settingsChanged
    ) throws(CommandFailure) {
        let subjects = Subject.differences(
            from: old.map { EnvDocument(parsing: $0) }, to: EnvDocument(parsing: new))
        try append(action: action, subjects: subjects, file: file)
    }

    /// One line, names in snake_case.
    static func encode(_ entry: AuditEntry) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(entry))
    }

    /// Nil for what is no entry of careinit's, such as a note of the chain itself.
    static func decode(_ bytes: [UInt8]) -> AuditEntry? {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try? decoder.decode(AuditEntry.self, from: Data(bytes))
    }

    private func makeFolder() throws(SystemError) {
        if !FileSystem.isFolder(folder.parentPath) { try FileSystem.makeFolder(folder.parentPath, mode: 0o711) }
        try FileSystem.makeFolder(folder, mode: 0o700)
    }

    /// Made once. With another one, the fingerprints of before say nothing about those after.
    private func salt() throws -> SecretBytes {
        if let text = FileSystem.readText(saltFile, limit: 256),
            let bytes = Hex.decode(text.filter { $0 != "\n" }),
            bytes.count == 32
        {
            return SecretBytes(bytes)
        }
        let bytes = try SecretGenerator.bytes(32)
        try AtomicFile.write(Array(Hex.encode(bytes).utf8) + [10], to: saltFile)
        return SecretBytes(bytes)
    }

    /// Root's files in another user's state folder would be in that user's way.
    private func giveToOwner() throws(SystemError) {
        guard geteuid() == 0, let owner = FileSystem.status(folder.parentPath), owner.st_uid != 0 else { return }
        for path in [folder] + FileSystem.names(in: folder).map({ "\(folder)/\($0)" }) {
            guard lchown(path, owner.st_uid, owner.st_gid) == 0 else { throw .last("chown", path) }
        }
    }

    private func failure(_ error: any Error) -> CommandFailure {
        let code = (error as? FileError)?.errno ?? (error as? SystemError)?.code
        let reason = (error as? FileError)?.reason ?? (error as? SystemError)?.reason ?? "\(error)"
        return CommandFailure(
            code == EACCES || code == EPERM ? .notPermitted : .cannotCreate,
            "The change was made, and could not be written to the audit log", place: place.current, why: reason,
            fix: "check who owns \(folder) and how full its disk is")
    }
}

extension Project {
    var auditFolder: String { "\(stateDirectory)/audit" }
}
