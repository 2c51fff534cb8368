import EnvSchema
import FoundationEssentials
import Secrets

/// Keeps the journal of rotations, and beside it the old and new values for as long as both count: 0600 in the folder of the
/// stack's own secrets.
struct RotationStore {
    let project: Project

    private var folder: String { "\(project.stateDirectory)/secrets" }
    var journalFile: String { "\(folder)/rotation.json" }
    var valuesFile: String { "\(folder)/rotation-values.env" }

    /// - Throws: exit code 65 for a journal that cannot be read: what is being changed must not be forgotten.
    func load() throws(CommandFailure) -> RotationJournal {
        guard FileSystem.exists(journalFile) else { return RotationJournal() }
        guard let bytes = FileSystem.read(journalFile),
            let journal = try? JSONDecoder().decode(RotationJournal.self, from: Data(bytes)), journal.version == 1
        else {
            throw CommandFailure(
                .invalidData, "What is known of a change of secrets cannot be read", place: journalFile,
                why: "it is damaged, or was written by a later careinit",
                fix: "put the file back from a backup; \(valuesFile) holds the values")
        }
        return journal
    }

    func save(_ journal: RotationJournal) throws(CommandFailure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(journal) else {
            throw CommandFailure(.failure, "What is being changed cannot be written down", place: journalFile)
        }
        try write(Array(data), to: journalFile)
    }

    // MARK: - Values

    struct Values: Equatable {
        var old: String
        var new: String

        func target(of item: RotationItem) -> String { item.isReversed ? old : new }
        func other(of item: RotationItem) -> String { item.isReversed ? new : old }
    }

    /// nil where they are gone.
    func values(of name: String) -> Values? {
        let all = stored
        guard let old = all["\(name).old"], let new = all["\(name).new"] else { return nil }
        return Values(old: old, new: new)
    }

    func remember(_ values: [String: Values]) throws(CommandFailure) {
        var all = stored
        for (name, value) in values { (all["\(name).old"], all["\(name).new"]) = (value.old, value.new) }
        try write(all)
    }

    /// Removes the values of all others.
    func scrub(keeping names: Set<String>) throws(CommandFailure) {
        let all = stored
        let kept = all.filter { key, _ in
            names.contains { key == "\($0).old" || key == "\($0).new" }
        }
        if kept != all { try write(kept) }
    }

    private var stored: [String: String] { FileSystem.read(valuesFile).map(KeyValueFile.parse) ?? [:] }

    private func write(_ values: [String: String]) throws(CommandFailure) {
        let comment = "Old and new values of secrets that are being changed. careinit removes them afterwards."
        try write(KeyValueFile.bytes(values, comment: comment), to: valuesFile)
    }

    private func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        do throws(FileError) { try AtomicFile.write(bytes, to: path) } catch {
            throw CommandFailure(
                .cannotCreate, "A change of secrets cannot be written down; nothing more was changed",
                place: error.path,
                why: error.reason,
                fix: "make room or give yourself the right, then careinit rotate-secrets --resume")
        }
    }
}

extension RotationStore {
    /// What services accept beside the present settings.
    ///
    /// - Parameters:
    ///   - salt: Of the stack's own secrets.
    ///   - setting: The value of a variable of the `.env`.
    /// - Returns: Keys, logins and roles.
    /// - Throws: exit code 65 for a journal that cannot be read.
    func overlap(salt: String, _ setting: (String) -> String?) throws(CommandFailure) -> SecretOverlap {
        var overlap = SecretOverlap()
        for item in try load().items where item.isAdmitted && !item.isRetired {
            guard let values = values(of: item.name) else { continue }
            let present = setting(item.name) ?? ""
            let others = [values.old, values.new].filter { $0 != present }
            switch item.name {
            case "JWT_SECRET": overlap.signingKeys += others
            case "JWT_REFRESH_SECRET": overlap.refreshKeys += others
            case "ENCRYPTION_KEY": overlap.encryptionKeys += others
            case InternalSecret.monitor.rawValue: overlap.monitorPasswords += others
            case InternalSecret.redis.rawValue: overlap.administratorPasswords += others
            case InternalSecret.etcd.rawValue: overlap.etcdAuthorities += others
            case "REDIS_PASSWORD":
                let pairs = [(item.newLogin, values.target(of: item)), (item.oldLogin, values.other(of: item))]
                overlap.cacheLogins += pairs.compactMap { login, password in
                    guard let login, login != setting("REDIS_USERNAME") else { return nil }
                    return .init(name: login, password: password)
                }
            default: break
            }
        }
        overlap.replicator = ReplicatorRecord(project: project, salt: salt)
            .role(of: setting("REPLICATION_PASSWORD") ?? "")
        return overlap
    }
}

/// Which of the two replicator roles a password belongs to, as salted fingerprints: one write of the `.env` moves all members
/// from one to the other.
struct ReplicatorRecord {
    let project: Project
    let salt: String

    private var file: String { "\(project.stateDirectory)/secrets/replicators.env" }

    func role(of password: String) -> String {
        let known = FileSystem.read(file).map(KeyValueFile.parse) ?? [:]
        return known[fingerprint(password)] ?? Replicators.first
    }

    func remember(_ roles: [String: String]) throws(CommandFailure) {
        var lines: [String: String] = [:]
        for (password, role) in roles { lines[fingerprint(password)] = role }
        let bytes = KeyValueFile.bytes(lines, comment: "Which replicator a password belongs to.")
        try OutputFile.write(bytes, to: file)
    }

    private func fingerprint(_ password: String) -> String {
        Digest.sha256Hex(Array("\(salt) REPLICATION_PASSWORD \(password)".utf8))
    }
}

extension RotationStore {
    /// The variables whose present value is one of the two of a rotation, and so goes with the data.
    func allowed(_ journal: RotationJournal, _ configuration: Configuration) -> Set<String> {
        var names: Set<String> = []
        for item in journal.items {
            guard let values = values(of: item.name), let value = try? configuration.optional(item.name),
                value == values.old || value == values.new
            else { continue }
            names.insert(item.name)
            if item.name == "DB_PASSWORD" { names.insert("DB_USERNAME") }
        }
        return names
    }
}
