#if canImport(Glibc)
    import Glibc
#endif

/// A former `.env` that was kept when another took its place: `.env.backup-20261123T131005Z`.
struct Backup: Sendable, Equatable {
    /// Its path, beside the `.env`.
    var path: String
    /// When it was put away, as its name says: such as `20261123T131005Z`, in UTC.
    var stamp: String
    /// From 2 for a second and later one of the same second.
    var number = 1

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Such as `2026-11-23T13:10:05Z`.
    var time: String {
        let digits = stamp.filter(\.isNumber)
        guard digits.count == 14 else { return stamp }
        let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<12, 12..<14].map { range in
            String(digits.dropFirst(range.lowerBound).prefix(range.count))
        }
        return "\(parts[0])-\(parts[1])-\(parts[2])T\(parts[3]):\(parts[4]):\(parts[5])Z"
    }

    /// nil where the name is not that of a backup of the file at that path.
    init?(name: String, of environmentFile: String) {
        let prefix = Self.prefix(of: environmentFile)
        guard name.hasPrefix(prefix) else { return nil }
        let parts = name.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
        guard let stamp = parts.first, parts.count <= 2, Self.isStamp(stamp) else { return nil }
        if parts.count == 2 {
            guard let number = Int(parts[1]), number > 1, String(number) == parts[1] else { return nil }
            self.number = number
        }
        self.stamp = String(stamp)
        path = environmentFile.parentPath == "/" ? "/\(name)" : "\(environmentFile.parentPath)/\(name)"
    }

    private static func prefix(of environmentFile: String) -> String {
        "\(environmentFile.split(separator: "/").last ?? ".env").backup-"
    }

    /// `20261123T131005Z`.
    private static func isStamp(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else {
            return false
        }
        return (bytes[..<8] + bytes[9..<15]).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// A path that no file has yet: two runs in one second must not put one backup over the other.
    static func freePath(of environmentFile: String, now: Int64) -> String {
        let first = "\(environmentFile).backup-\(Timestamp.compact(now))"
        var path = first
        var number = 1
        while FileSystem.exists(path) {
            number += 1
            path = "\(first)-\(number)"
        }
        return path
    }

    /// Those of a `.env`, newest first.
    ///
    /// - Throws: exit code 77 or 66 where its folder cannot be looked into.
    static func all(of environmentFile: String) throws(CommandFailure) -> [Backup] {
        let folder = environmentFile.parentPath
        guard access(folder, R_OK) == 0 else {
            let error = SystemError.last("read", folder)
            throw CommandFailure(
                error.code == EACCES ? .notPermitted : .missingInput, "backups cannot be looked for",
                place: folder,
                why: error.reason, fix: "run the same command as the owner of \(folder)")
        }
        return FileSystem.names(in: environmentFile.parentPath).compactMap {
            Backup(name: $0, of: environmentFile)
        }
        .sorted { ($0.stamp, $0.number) > ($1.stamp, $1.number) }
    }
}
