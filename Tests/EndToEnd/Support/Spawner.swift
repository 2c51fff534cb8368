import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// posix_spawn(3) with a clean environment, and with no signal blocked or ignored.
struct Spawner: ~Copyable {
    private var actions = posix_spawn_file_actions_t()

    init() { posix_spawn_file_actions_init(&actions) }

    deinit {
        var copy = actions
        posix_spawn_file_actions_destroy(&copy)
    }

    mutating func changeFolder(_ path: String) { csystem_spawn_in_folder(&actions, path) }

    /// Standard input, output and errors.
    mutating func connect(_ descriptors: [Int32]) {
        for (target, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
        }
    }

    /// In a new session, opening a terminal makes it the controlling one (tty_ioctl(4)).
    mutating func openTerminal(_ path: String) {
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
    }

    mutating func start(_ arguments: [String], _ extra: [String: String], flags: Int32) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let signals = Int32(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, Int16(flags | signals))
        let environment = Programs.environment.merging(extra) { $1 }.map { "\($0.key)=\($0.value)" }
        var process: pid_t = 0
        let program = arguments.first ?? ""
        let code = Self.withCStrings(arguments) { argv in
            Self.withCStrings(environment) { envp in
                posix_spawnp(&process, program, &actions, &attributes, argv, envp)
            }
        }
        guard code == 0 else { throw HarnessError("\(program) did not start", code) }
        return process
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("the array holds at least nil") }
            return body(base)
        }
    }
}
