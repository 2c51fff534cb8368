#if canImport(Glibc)
    import Glibc
#endif

/// The right to change one stack, held by one careinit at a time (flock(2)) and given back when it ends, however it ends.
final class ProjectLock {
    private let file: Descriptor

    private init(_ file: Descriptor) { self.file = file }

    /// Takes the lock, without waiting.
    ///
    /// - Parameters:
    ///   - project: The stack that is to be changed.
    ///   - command: What careinit does meanwhile, such as `up`: the next one is told so.
    ///   - now: Seconds since 1970.
    /// - Returns: The lock, held as long as it is kept.
    /// - Throws: exit code 75 with the holder's process, command and start where another careinit holds it.
    static func acquire(
        _ project: Project, command: String, now: Int64 = Clock.now()
    ) throws(CommandFailure) -> ProjectLock {
        try StateDirectory.prepare(project)
        let path = project.lockFile
        let file = Descriptor(takingOwnershipOf: open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
        guard file.isOpen else {
            let error = SystemError.last("open", path)
            throw CommandFailure(
                error.code == EACCES ? .notPermitted : .cannotCreate, "The lock file cannot be opened",
                place: path,
                why: error.reason)
        }
        guard retryingInterrupts({ flock(file.number, LOCK_EX | LOCK_NB) }) == 0 else {
            throw refusal(path: path, now: now)
        }
        let note = "\(getpid()) \(now) \(command)\n"
        ftruncate(file.number, 0)
        _ = note.withCString { pwrite(file.number, $0, strlen($0), 0) }
        return ProjectLock(file)
    }

    private static func refusal(path: String, now: Int64) -> CommandFailure {
        let words = (FileSystem.readText(path, limit: 4096) ?? "").split(whereSeparator: \.isWhitespace)
        var failure = CommandFailure(.locked, "Another careinit is at work on this stack", place: path)
        if words.count >= 3, let process = Int32(words[0]), let since = Int64(words[1]) {
            let command = words[2...].joined(separator: " ")
            failure.why =
                "process \(process) has been running `careinit \(command)` since \(Clock.text(since))"
                + " (\(max(0, now - since)) s)"
            failure.fix = "wait until it ends, or stop it with: kill \(process)"
        }
        return failure
    }
}
