import EnvSchema
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// A backup as it was read, and checked for what would make it no `.env`.
struct BackupContents: Sendable {
    var backup: Backup
    var document: EnvDocument

    /// No `.env` of a stack is longer, in bytes.
    private static let limit = 1 << 20

    /// - Throws: exit code 65 for what is no readable `.env`, a symbolic link among them; 66 or 77 where it cannot be read.
    static func read(_ backup: Backup) throws(CommandFailure) -> BackupContents {
        var status = stat()
        if lstat(backup.path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw CommandFailure(
                .invalidData, "\(backup.name) is not a file", place: backup.path,
                why: "a symbolic link or a folder could lead anywhere", fix: "name a backup that careinit wrote")
        }
        let bytes: [UInt8]
        do throws(FileError) { bytes = try AtomicFile.read(backup.path, limit: limit) } catch {
            let isForbidden = error.errno == EACCES || error.errno == EPERM
            throw CommandFailure(
                isForbidden ? .notPermitted : error.errno == EFBIG ? .invalidData : .missingInput,
                "\(backup.name) cannot be read", place: backup.path, why: error.reason,
                fix: "name another one: careinit env restore --list shows them")
        }
        let document = EnvDocument(parsing: bytes)
        try requireReadable(document, backup)
        return BackupContents(backup: backup, document: document)
    }

    private static func requireReadable(_ document: EnvDocument, _ backup: Backup) throws(CommandFailure) {
        let problem = document.problems.first { $0.severity == .error }
        let isText = !document.bytes.contains(0) && !document.assignments.isEmpty
        if problem == nil, isText { return }
        let place = problem?.position.map { ":\($0.line):\($0.column)" } ?? ""
        throw CommandFailure(
            .invalidData, "\(backup.name) cannot be read as settings; nothing was changed",
            place: backup.path + place, why: isText ? problem?.reason : "it sets no variable, or is no text file",
            fix: "careinit check \(backup.path) shows everything that is wrong with it")
    }

    /// The names whose values would be different, in alphabetical order; those that may not be shown are left out but
    /// counted.
    func differences(from present: EnvDocument?) -> BackupDifference {
        let names = Set(document.assignments.map(\.name)).union(present?.assignments.map(\.name) ?? [])
        let different = names.filter { document.value(of: $0) != present?.value(of: $0) }
        return BackupDifference(
            names: different.compactMap(VariableName.showable).sorted(), count: different.count)
    }
}

/// Which variables two files set otherwise: never their values.
struct BackupDifference: Sendable, Equatable {
    var names: [String]
    var count: Int

    /// Such as `2 variables: APP_NAME, PORT`.
    var text: String {
        let shown = names.prefix(Self.shown).joined(separator: ", ")
        let more = count - min(names.count, Self.shown)
        let list = [shown, more > 0 ? "\(more) more" : ""].filter { !$0.isEmpty }.joined(separator: " and ")
        switch count {
        case 0: return "no variable"
        case 1: return "1 variable: \(list)"
        default: return "\(count) variables: \(list)"
        }
    }

    private static let shown = 12
}
