#if canImport(Glibc)
    import Glibc
#endif

/// A log that only grows: a chain of lines in a folder, one writer at a time.
///
/// What `append` wrote is there for good once `sync` has returned. A writer that was killed leaves whole lines and at most one
/// torn one, which the next writer sets aside in a file of its own and notes in the chain. A chain that does not hold is set
/// aside as a whole, and a new one begins with a note of that. Not safe to use from two threads at once.
package final class ChainLog {
    package let place: ChainFolder
    /// Behind the last line that was written.
    package private(set) var head: HashChain
    /// Bytes of the file that grows.
    package private(set) var size: Int
    /// What was found and mended at the beginning, for whoever should hear of it.
    package let mended: [ChainRepair]
    private var file: OpenFile
    private let lock: OpenFile
    private let newID: () -> String

    /// No file is read that is longer, in bytes.
    package static let sizeLimit = 256 << 20

    /// Opens the log, or begins it. The folder must exist.
    ///
    /// - Parameters:
    ///   - place: Where it lies.
    ///   - newID: Gives the id of a chain that begins now.
    ///   - waits: Whether to wait for another writer to end.
    /// - Throws: EWOULDBLOCK where another writer has it.
    package init(_ place: ChainFolder, newID: @escaping () -> String, waits: Bool) throws(FileError) {
        self.place = place
        self.newID = newID
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        lock = try OpenFile(place.lockFile, flags, mode: 0o600, operation: .open, reportedAs: place.lockFile)
        let number = lock.number
        guard retryingInterrupts({ flock(number, waits ? LOCK_EX : LOCK_EX | LOCK_NB) }) == 0 else {
            throw FileError(.open, path: place.current, errno: errno)
        }
        let opening = try ChainOpening.examine(place, newID: newID())
        file = try Self.open(place)
        head = opening.head
        size = opening.size
        mended = opening.repairs
        try begin(opening)
    }

    /// Writes entries behind the last line, in one piece.
    ///
    /// - Throws: Where it cannot: then none of them is on the chain. EINVAL for what is no entry.
    package func append(_ entries: [[UInt8]]) throws(FileError) {
        var (next, bytes) = (head, [UInt8]())
        for entry in entries {
            guard let line = next.append(entry) else {
                throw FileError(.write, path: place.current, errno: EINVAL)
            }
            bytes += line
        }
        try requireInPlace()
        do throws(FileError) {
            try file.writeAll(bytes, path: place.current)
        } catch {
            // A part of it may stand there; what does not come off goes aside as a torn end.
            if ftruncate(file.number, off_t(size)) != 0 { try reopen() }
            throw error
        }
        head = next
        size += bytes.count
    }

    /// A file that somebody removed takes every line, and keeps none.
    private func requireInPlace() throws(FileError) {
        var status = stat()
        guard fstat(file.number, &status) == 0, status.st_nlink > 0 else {
            throw FileError(.write, path: place.current, errno: ENOENT)
        }
    }

    /// Waits until everything that was written is on the disk.
    ///
    /// - Throws: Where that is not known: then `reopen` is due before anything else.
    package func sync() throws(FileError) {
        guard fdatasync(file.number) == 0 else { throw FileError(.sync, path: place.current, errno: errno) }
    }

    /// Begins another file, on the same chain, and records the head. Without a line there is nothing to do.
    package func rotate() throws(FileError) {
        guard size > 0, let first = Self.firstSequence(place.current) else { return }
        try sync()
        guard rename(place.current, place.sealed(first)) == 0 else {
            throw FileError(.rename, path: place.current, errno: errno)
        }
        file = try Self.open(place)
        size = 0
        try place.sync()
        try place.record(head, .rotated)
    }

    /// Records the head beside the log, so that a line that is cut off at its end is missed.
    package func recordHead() throws(FileError) { try place.record(head, .last) }

    /// Looks at the file anew, after something could not be written to it.
    package func reopen() throws(FileError) {
        let opening = try ChainOpening.examine(place, newID: newID())
        file = try Self.open(place)
        head = opening.head
        size = opening.size
        try begin(opening)
    }

    /// The notes of what was mended come first on what follows.
    private func begin(_ opening: ChainOpening) throws(FileError) {
        // Killed between the two steps of `rotate`: the file that ended with the head is soon gone.
        if size == 0, head.sequence > 0, place.record()?.head != head { try place.record(head, .rotated) }
        guard !opening.repairs.isEmpty else { return }
        try append(opening.repairs.map(\.entry))
        try sync()
        try place.sync()
    }

    private static func open(_ place: ChainFolder) throws(FileError) -> OpenFile {
        let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let file = try OpenFile(
            place.current, flags, mode: 0o600, operation: .open, reportedAs: place.current)
        var status = stat()
        guard fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(.open, path: place.current, errno: EINVAL)
        }
        guard fchmod(file.number, 0o600) == 0 else {
            throw FileError(.setMode, path: place.current, errno: errno)
        }
        return file
    }

    private static func firstSequence(_ path: String) -> Int64? {
        guard let bytes = try? AtomicFile.read(path, limit: sizeLimit),
            let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        return ChainLine(bytes[..<end])?.sequence
    }
}
