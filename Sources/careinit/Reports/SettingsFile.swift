#if canImport(Glibc)
    import Glibc
#endif

/// The bytes of a file of settings, and what the file system says of it.
struct SettingsFile: Sendable {
    var bytes: [UInt8]
    /// The permission bits; nil for what is no regular file, such as a pipe.
    var mode: UInt32?

    /// No file of settings is longer, in bytes.
    static let limit = 64 << 20

    /// Reads the file whole, unless it is too long.
    ///
    /// - Throws: exit code 66 where there is no such file, 77 where it may not be read, 65 for a folder or a longer file.
    static func read(_ path: String) throws(CommandFailure) -> SettingsFile {
        let file = Descriptor(takingOwnershipOf: open(path, O_RDONLY | O_CLOEXEC))
        guard file.isOpen else { throw unreadable(path, errno) }
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw unreadable(path, errno) }
        let kind = status.st_mode & S_IFMT
        guard kind != S_IFDIR else {
            throw CommandFailure(.invalidData, "\(path) is a directory", fix: "name the file in it: \(path)/.env")
        }
        guard kind != S_IFREG || status.st_size <= limit else { throw tooLong(path) }
        let bytes = try contents(of: file, path, expected: kind == S_IFREG ? Int(status.st_size) : 0)
        return SettingsFile(bytes: bytes, mode: kind == S_IFREG ? status.st_mode & 0o7777 : nil)
    }

    private static func contents(
        of file: borrowing Descriptor, _ path: String, expected: Int
    ) throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(expected)
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = retryingInterrupts { Glibc.read(file.number, &chunk, chunk.count) }
            if count < 0 { throw unreadable(path, errno) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        throw tooLong(path)
    }

    private static func tooLong(_ path: String) -> CommandFailure {
        CommandFailure(
            .invalidData, "\(path) is longer than \(limit >> 20) MiB", why: "no file of settings is that long",
            fix: "name the right file")
    }

    private static func unreadable(_ path: String, _ code: Int32) -> CommandFailure {
        switch code {
        case ENOENT, ENOTDIR:
            CommandFailure(
                .missingInput, "there is no file \(path)",
                fix: "make one with careinit wizard, or name another file")
        case EACCES, EPERM:
            CommandFailure(
                .notPermitted, "\(path) may not be read", why: String(cString: strerror(code)),
                fix: "run careinit as the owner of the file")
        default: CommandFailure(.missingInput, "\(path) cannot be read", why: String(cString: strerror(code)))
        }
    }
}
