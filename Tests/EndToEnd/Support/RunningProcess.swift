import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// A program that a test started. It is killed with everything in its process group at the latest when nobody holds it.
final class RunningProcess {
    let identifier: pid_t
    private let output: Int32
    private let error: Int32
    private var ending: Outcome.Ending?

    /// Where the standard streams of the program lead.
    enum Streams {
        /// Input from the text; output and errors are kept for `Outcome`.
        case captured(input: String)
        /// All three on a terminal, which becomes the program's controlling one.
        case terminal(path: String)
    }

    struct Options {
        var folder = "/"
        /// Added to `Programs.environment`.
        var environment: [String: String] = [:]
        var streams = Streams.captured(input: "")
    }

    init(_ arguments: [String], _ options: Options = Options()) throws {
        // Files without a name: nothing to clean up, and no pipe that could fill up.
        output = try Self.unnamedFile()
        error = try Self.unnamedFile()
        var spawner = Spawner()
        spawner.changeFolder(options.folder)
        switch options.streams {
        case .captured(let input):
            let source = try Self.unnamedFile()
            defer { close(source) }
            _ = input.withCString { pwrite(source, $0, strlen($0), 0) }
            spawner.connect([source, output, error])
            identifier = try spawner.start(arguments, options.environment, flags: POSIX_SPAWN_SETPGROUP)
        case .terminal(let path):
            spawner.openTerminal(path)
            identifier = try spawner.start(arguments, options.environment, flags: csystem_spawn_new_session())
        }
    }

    deinit {
        if ending == nil {
            kill(-identifier, SIGKILL)
            kill(identifier, SIGKILL)
            var status: Int32 = 0
            waitpid(identifier, &status, 0)
        }
        close(output)
        close(error)
    }

    /// Whether it is still there.
    var isRunning: Bool {
        reap()
        return ending == nil
    }

    /// Waits for its end.
    ///
    /// - Throws: `HarnessError` with what it said so far, where it takes longer than the limit.
    func outcome(within limit: Duration = .seconds(60)) throws -> Outcome {
        let deadline = ContinuousClock.now + limit
        while ending == nil {
            reap()
            guard ending == nil else { break }
            guard ContinuousClock.now < deadline else {
                throw HarnessError(
                    "process \(identifier) did not end within \(limit):\n\(text(output))\(text(error))")
            }
            usleep(5_000)
        }
        return Outcome(ending: ending ?? .exited(-1), output: text(output), error: text(error))
    }

    func send(_ signal: Int32) { kill(identifier, signal) }

    private func reap() {
        guard ending == nil else { return }
        var status: Int32 = 0
        guard waitpid(identifier, &status, WNOHANG) == identifier else { return }
        // wait(2): the low seven bits hold the signal, the next byte the exit code.
        ending = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
    }

    private func text(_ descriptor: Int32) -> String {
        lseek(descriptor, 0, SEEK_SET)
        return String(decoding: Files.read(descriptor), as: UTF8.self)
    }

    private static func unnamedFile() throws -> Int32 {
        var template = Array("/tmp/careinit-e2e-stream-XXXXXX".utf8CString)
        let first = mkstemp(&template)
        guard first >= 0 else { throw HarnessError("mkstemp", errno) }
        defer { close(first) }
        // Appending, since reading moves the place that the program writes at.
        let descriptor = open(template, O_RDWR | O_APPEND | O_CLOEXEC)
        unlink(template)
        guard descriptor >= 0 else { throw HarnessError("open", errno) }
        return descriptor
    }
}
