#if canImport(Glibc)
    import Glibc
#endif

/// Files that appear whole or not at all, and reading with a limit. The one place of this library that does I/O.
package enum AtomicFile {
    /// Puts the bytes at the path: temporary file in the same folder, fsync, rename, fsync of the folder.
    ///
    /// Whatever fails or kills it leaves the old file as it was; a temporary file that a killed writer left is
    /// removed by the next write to the same path.
    ///
    /// The file has exactly this mode, whatever the umask; only root may give it another owner. A symbolic link fails
    /// with ELOOP: replacing it would cut it off from its target, and following it would let whoever owns the folder
    /// choose what is overwritten.
    package static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600, owner: (uid: UInt32, gid: UInt32)? = nil
    ) throws(FileError) {
        try refuseSymbolicLink(path)
        TemporaryFile.removeAbandoned(besides: path)
        let temporary = try TemporaryFile(for: path)
        do throws(FileError) {
            try temporary.fill(bytes, mode: mode, owner: owner)
            try temporary.moveIntoPlace()
        } catch {
            temporary.remove()
            throw error
        }
    }

    /// The whole regular file; throws EFBIG where it is longer than `limit` bytes, EISDIR for a folder and EINVAL for
    /// anything else that is no regular file.
    package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        // O_NONBLOCK: opening a named pipe would wait for its writer.
        let descriptor = try OpenFile(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, operation: .open, reportedAs: path)
        var status = stat()
        guard fstat(descriptor.number, &status) == 0 else {
            throw FileError(.inspect, path: path, errno: Glibc.errno)
        }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG else {
            throw FileError(.read, path: path, errno: kind == S_IFDIR ? EISDIR : EINVAL)
        }
        guard status.st_size <= limit else { throw FileError(.read, path: path, errno: EFBIG) }
        return try descriptor.readToEnd(expecting: Int(status.st_size), limit: limit, path: path)
    }

    private static func refuseSymbolicLink(_ path: String) throws(FileError) {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
            throw FileError(.create, path: path, errno: ELOOP)
        }
    }
}
