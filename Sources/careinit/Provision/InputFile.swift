#if canImport(Glibc)
    import Glibc
#endif

/// A file that was read whole, with what decides whether its contents may be trusted to be private.
struct InputFile: Sendable {
    var bytes: [UInt8]
    /// The permission bits.
    var mode: UInt32
    var owner: (user: UInt32, group: UInt32)

    /// Whether the group or everybody may read or change it.
    var isOpenToOthers: Bool { mode & 0o077 != 0 }

    /// Reads a regular file, or what a pipe holds, up to the limit in bytes; nil where there is no such file.
    ///
    /// - Throws: exit code 65 for a folder or a file beyond the limit, 77 or 66 where it cannot be read.
    static func read(_ path: String, limit: Int = 1 << 20) throws(CommandFailure) -> InputFile? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw unreadable(path, code: errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, code: errno) }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw CommandFailure(
                .invalidData, "\(path) is a folder, not a file",
                fix: "name a file, or move the folder away")
        }
        let bytes = try readAll(descriptor, path: path, limit: limit)
        return InputFile(bytes: bytes, mode: status.st_mode & 0o7777, owner: (status.st_uid, status.st_gid))
    }

    /// Everything up to the end of standard input.
    static func readStandardInput(limit: Int = 1 << 20) throws(CommandFailure) -> [UInt8] {
        try readAll(STDIN_FILENO, path: "standard input", limit: limit)
    }

    private static func readAll(_ descriptor: Int32, path: String, limit: Int) throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw unreadable(path, code: errno) }
            bytes += chunk[..<count]
            if bytes.count > limit {
                throw CommandFailure(
                    .invalidData, "\(path) is larger than \(limit >> 20) MiB",
                    why: "no file of settings is that long", fix: "name the right file")
            }
        }
    }

    private static func unreadable(_ path: String, code: Int32) -> CommandFailure {
        CommandFailure(
            code == EACCES || code == EPERM ? .notPermitted : .missingInput, "\(path) cannot be read",
            why: String(cString: strerror(code)))
    }
}
