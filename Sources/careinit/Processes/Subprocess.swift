import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// A program that is run to its end, with everything it gets written down: no shell, no inherited environment.
///
/// Secrets belong in `input` or in a file, never in `arguments` or `environment`.
struct Subprocess: Sendable {
    /// argv; the first word is searched in `searchPath` unless it holds a slash.
    var arguments: [String]
    var environment: [String: String] = Subprocess.cleanEnvironment
    var directory: String?
    /// Who the program runs as; only root may name somebody else.
    var user: UserAccount?
    /// The one right of root's that it keeps as that user, such as `net_bind_service`.
    var capability: String?
    /// What the program reads from its standard input.
    var input: [UInt8] = []
    /// How many bytes of each output stream are kept; the rest is read and dropped.
    var outputLimit = 1 << 20
    /// After this the program and what it started are killed.
    var timeout: Duration = .seconds(30)
    /// How long it may clean up after SIGTERM, before it is killed.
    var grace: Duration = .zero
    /// Whether it stays among the programs that the terminal listens to, and may ask there.
    var sharesTerminal = false
    /// Gets everything that it writes, to either stream, while it runs.
    var echo: (@Sendable (ArraySlice<UInt8>) -> Void)?

    static let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    static let cleanEnvironment = ["PATH": searchPath, "LANG": "C.UTF-8"]

    struct Output: Sendable, Equatable {
        var ending: Ending
        var standardOutput: [UInt8]
        var standardError: [UInt8]

        var succeeded: Bool { ending == .exited(0) }
        var text: String { String(decoding: standardOutput, as: UTF8.self) }
        var errorText: String { String(decoding: standardError, as: UTF8.self) }
    }

    enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
        case timedOut
    }

    enum Failure: Error, Equatable {
        case notFound(String)
        case notStarted(SystemError)
        /// SIGINT or SIGTERM reached careinit meanwhile; the program was killed.
        case interrupted
    }

    /// Runs the program to its end.
    ///
    /// - Parameter signals: Where Ctrl-C is seen while this waits; nil: not at all.
    /// - Returns: How it ended, and what it wrote.
    /// - Throws: `Failure` where it could not be started or careinit was told to stop.
    func run(signals: TerminationSignals? = nil) throws(Failure) -> Output {
        // A program may end without having read its input: that is a failed write, never the end of careinit.
        signal(SIGPIPE, SIG_IGN)
        let pipes = try SpawnPipes()
        let process = try spawn(pipes: pipes)
        pipes.closeChildEnds()
        var pump = SubprocessPump(process: process, pipes: pipes, program: self)
        return try pump.run(signals: signals)
    }
}

extension Subprocess {
    /// argv with the change of user in front.
    var effectiveArguments: [String] {
        guard let user, user.identifier != geteuid() else { return arguments }
        return PrivilegeChange.words(user: "\(user.identifier)", group: "\(user.group)", keeping: capability)
            + arguments
    }

    /// The first executable file of that name in `searchPath`; the name itself if it holds a slash.
    static func find(_ name: String) -> String? {
        if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
        return searchPath.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    private func spawn(pipes: SpawnPipes) throws(Failure) -> pid_t {
        let arguments = effectiveArguments
        guard let program = arguments.first, let path = Self.find(program) else {
            throw .notFound(arguments.first ?? "")
        }
        var actions = SpawnActions()
        actions.connect(pipes.input.reading.number, to: STDIN_FILENO)
        actions.connect(pipes.output.writing.number, to: STDOUT_FILENO)
        actions.connect(pipes.error.writing.number, to: STDERR_FILENO)
        if let directory { actions.changeDirectory(directory) }
        return try spawnProcess(
            path: path, arguments: arguments, environment: environment, actions: &actions,
            flags: sharesTerminal ? 0 : POSIX_SPAWN_SETPGROUP)
    }
}

/// posix_spawn(3) with signals reset to their defaults and none blocked.
func spawnProcess(
    path: String, arguments: [String], environment: [String: String], actions: inout SpawnActions, flags: Int32
) throws(Subprocess.Failure) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(flags | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var process: pid_t = 0
    let code = withCStrings(arguments) { argv in
        withCStrings(environment.map { "\($0.key)=\($0.value)" }.sorted()) { envp in
            actions.withPointer { posix_spawn(&process, path, $0, &attributes, argv, envp) }
        }
    }
    guard code == 0 else { throw .notStarted(SystemError(call: "posix_spawn", subject: path, code: code)) }
    return process
}

/// Calls `body` with a null-terminated array of C strings.
func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("the array holds at least nil") }
        return body(base)
    }
}
