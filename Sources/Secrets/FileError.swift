#if canImport(Glibc)
    import Glibc
#endif

/// A system call on a file that failed.
package struct FileError: Error, Equatable, Sendable {
    package enum Operation: String, Sendable, CaseIterable {
        case open, inspect, read, create, write, sync, rename, setMode, setOwner
    }

    package var operation: Operation
    /// The path that the caller gave, not that of the temporary file.
    package var path: String
    /// Such as ENOSPC, EACCES, EROFS (errno(3)).
    package var errno: Int32

    package init(_ operation: Operation, path: String, errno: Int32) {
        self.operation = operation
        self.path = path
        self.errno = errno
    }

    /// The system's own words, such as `No space left on device`.
    package var reason: String { strerror(errno).map { String(cString: $0) } ?? "errno \(errno)" }
}

extension FileError: CustomStringConvertible {
    package var description: String { "\(path): \(operation.rawValue): \(reason)" }
}
