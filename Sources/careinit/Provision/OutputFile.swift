import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// Writing files whole or not at all, with failures in the operator's terms.
enum OutputFile {
    /// - Throws: exit code 77 where the user may not write there, 73 for everything else, such as a full disk.
    static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600, owner: (user: UInt32, group: UInt32)? = nil
    ) throws(CommandFailure) {
        do {
            try AtomicFile.write(bytes, to: path, mode: mode, owner: owner.map { ($0.user, $0.group) })
        } catch {
            throw failure(path, code: error.errno)
        }
    }

    /// Makes a folder, and those above it, where there is none.
    static func makeFolder(_ path: String) throws(CommandFailure) {
        if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        if errno == ENOENT, path.parentPath != path {
            try makeFolder(path.parentPath)
            if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        }
        throw failure(path, code: errno)
    }

    private static func failure(_ path: String, code: Int32) -> CommandFailure {
        let isRight = code == EACCES || code == EPERM
        let fix =
            switch code {
            case EACCES, EPERM: "give yourself the right to write to \(path.parentPath), or run as its owner"
            case ENOSPC, EDQUOT: "make room on the disk of \(path.parentPath) and run the same command again"
            case ELOOP: "replace the symbolic link by a file, or name the file that it leads to"
            case EROFS: "mount the file system of \(path.parentPath) writable"
            default: "look after \(path.parentPath) and run the same command again"
            }
        return CommandFailure(
            isRight ? .notPermitted : .cannotCreate, "\(path) could not be written; what was there is as it was",
            why: String(cString: strerror(code)), fix: fix)
    }
}
