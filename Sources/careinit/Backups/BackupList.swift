import EnvSchema

/// The backups of a `.env` and what each would change: what `careinit env restore --list` shows.
struct BackupList: Encodable {
    var schema = 1
    var command = "env restore"
    var environmentFile: String
    /// Newest first.
    var backups: [Entry]

    struct Entry: Encodable {
        var name: String
        var path: String
        /// When it was put away, as RFC 3339 has it.
        var time: String
        /// How many variables have another value than in the present file; left out where it cannot be read.
        var differing: Int?
        /// Their names, as far as they may be shown.
        var variables: [String]
        /// Why it cannot be restored.
        var problem: String?
    }

    /// The backups that are there, each beside the present file, which is nil where there is none that can be read.
    static func read(_ environmentFile: String, present: EnvDocument?) throws(CommandFailure) -> BackupList {
        BackupList(
            environmentFile: environmentFile,
            backups: try Backup.all(of: environmentFile).map { backup in
                var entry = Entry(name: backup.name, path: backup.path, time: backup.time, variables: [])
                do throws(CommandFailure) {
                    let difference = try BackupContents.read(backup).differences(from: present)
                    (entry.differing, entry.variables) = (difference.count, difference.names)
                } catch {
                    entry.problem = [error.what, error.why].compactMap(\.self).joined(separator: ": ")
                }
                return entry
            })
    }

    /// For people.
    var lines: [String] {
        guard let newest = backups.first else { return ["There is no backup of \(environmentFile)."] }
        return backups.map { entry in
            let difference = entry.differing.map { BackupDifference(names: entry.variables, count: $0).text }
            return
                "\(entry.name)  \(entry.time)  \(difference.map { $0 + " set otherwise" } ?? entry.problem ?? "")"
        } + ["", "To bring one back: careinit env restore \(newest.name)"]
    }
}
