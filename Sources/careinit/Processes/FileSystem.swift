#if canImport(Glibc)
    import Glibc
#endif

/// Small questions to the file system; writing goes through `AtomicFile`.
enum FileSystem {
    /// What stat(2) says of the file that the path leads to; nil where there is none.
    static func status(_ path: String) -> stat? {
        var result = stat()
        return stat(path, &result) == 0 ? result : nil
    }

    static func isFolder(_ path: String) -> Bool {
        status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    static func exists(_ path: String) -> Bool { status(path) != nil }

    /// The names in a folder, without `.` and `..`, sorted; empty where it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Where a symbolic link leads; nil where it is none or may not be read.
    static func linkTarget(_ path: String) -> String? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(PATH_MAX)) { buffer in
            let count = buffer.withMemoryRebound(to: CChar.self) { bytes in
                bytes.baseAddress.map { readlink(path, $0, bytes.count) } ?? -1
            }
            return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
        }
    }

    /// The path without symbolic links, `.` and `..` (realpath(3)); nil where it does not exist.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The bytes of a file, `limit` of them at most; nil where it cannot be read.
    static func read(_ path: String, limit: Int = 1 << 20) -> [UInt8]? {
        let file = Descriptor(takingOwnershipOf: open(path, O_RDONLY | O_CLOEXEC))
        guard file.isOpen else { return nil }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while bytes.count < limit {
            let count = retryingInterrupts {
                Glibc.read(file.number, &chunk, min(chunk.count, limit - bytes.count))
            }
            if count < 0 { return nil }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    static func readText(_ path: String, limit: Int = 1 << 20) -> String? {
        read(path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Makes a folder and those above it; a folder that is there keeps its mode.
    static func makeFolder(_ path: String, mode: mode_t) throws(SystemError) {
        if isFolder(path) { return }
        if path.parentPath != path, !exists(path.parentPath) { try makeFolder(path.parentPath, mode: 0o755) }
        guard mkdir(path, mode) == 0 || (errno == EEXIST && isFolder(path)) else {
            throw .last("mkdir", path)
        }
        // The umask may have taken bits away.
        guard chmod(path, mode) == 0 else { throw .last("chmod", path) }
    }
}
