#if canImport(Glibc)
    import Glibc
#endif

/// A new file beside the one that it is to replace, locked for as long as its writer lives.
struct TemporaryFile: ~Copyable {
    /// The file that it is to replace.
    private let target: String
    private let path: String
    private let file: OpenFile

    init(for target: String) throws(FileError) {
        let parts = Self.split(target)
        let path = parts.folder + Self.prefix(of: parts.name) + Self.randomText() + Self.suffix
        self.target = target
        self.path = path
        file = try OpenFile(
            path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode: 0o600, operation: .create,
            reportedAs: target)
        flock(file.number, LOCK_EX | LOCK_NB)
    }

    /// Mode and owner come first, so that the bytes never stand in a file that others may read.
    func fill(
        _ bytes: [UInt8], mode: UInt32, owner: (uid: UInt32, gid: UInt32)?
    ) throws(FileError) {
        if let owner { try check(fchown(file.number, owner.uid, owner.gid), .setOwner) }
        try check(fchmod(file.number, mode), .setMode)
        try file.writeAll(bytes, path: target)
        try check(fsync(file.number), .sync)
    }

    func moveIntoPlace() throws(FileError) {
        try check(rename(path, target), .rename)
        let folder = try OpenFile(
            Self.split(target).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, operation: .sync, reportedAs: target)
        try check(fsync(folder.number), .sync)
    }

    func remove() { unlink(path) }

    /// Removes the temporary files of earlier writers to the same path that did not live to remove them.
    ///
    /// The lock tells them from those that are being written; it goes with its writer, however that ends.
    static func removeAbandoned(besides target: String) {
        let parts = split(target)
        let prefix = prefix(of: parts.name)
        guard let folder = opendir(parts.folder) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { continue }
            removeIfUnlocked(parts.folder + name)
        }
    }

    private static func removeIfUnlocked(_ path: String) {
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        guard let file = try? OpenFile(path, flags, operation: .open, reportedAs: path) else { return }
        if flock(file.number, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
    }

    private func check(_ result: Int32, _ operation: FileError.Operation) throws(FileError) {
        if result != 0 { throw FileError(operation, path: target, errno: errno) }
    }

    private static let suffix = ".careinit-tmp"
    private static func prefix(of name: String) -> String { ".\(name)." }

    private static func randomText() -> String {
        Hex.encode((0..<8).map { _ in UInt8.random(in: 0...255) })
    }

    /// `/a/b` → `/a/` and `b`; `b` → `./` and `b`.
    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("./", path) }
        return (String(path[...slash]), String(path[path.index(after: slash)...]))
    }
}
