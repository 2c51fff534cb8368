import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// What a child process does before it becomes the program (posix_spawn_file_actions(3)).
struct SpawnActions: ~Copyable {
    private var actions = posix_spawn_file_actions_t()

    init() { posix_spawn_file_actions_init(&actions) }

    deinit {
        var copy = actions
        posix_spawn_file_actions_destroy(&copy)
    }

    mutating func connect(_ descriptor: Int32, to target: Int32) {
        posix_spawn_file_actions_adddup2(&actions, descriptor, target)
    }

    mutating func open(_ path: String, flags: Int32, mode: mode_t = 0o600, as target: Int32) {
        posix_spawn_file_actions_addopen(&actions, target, path, flags, mode)
    }

    mutating func changeDirectory(_ path: String) {
        csystem_spawn_in_folder(&actions, path)
    }

    mutating func withPointer<Result>(_ body: (UnsafePointer<posix_spawn_file_actions_t>) -> Result) -> Result {
        withUnsafePointer(to: &actions) { body($0) }
    }
}

/// The three pipes between careinit and a program.
struct SpawnPipes {
    let input: Pipe
    let output: Pipe
    let error: Pipe

    struct Pipe {
        let reading: Descriptor
        let writing: Descriptor

        init() throws(Subprocess.Failure) {
            var ends: [Int32] = [-1, -1]
            guard csystem_pipe(&ends) == 0 else { throw .notStarted(.last("pipe2", "a pipe")) }
            reading = Descriptor(takingOwnershipOf: ends[0])
            writing = Descriptor(takingOwnershipOf: ends[1])
        }
    }

    init() throws(Subprocess.Failure) {
        input = try Pipe()
        output = try Pipe()
        error = try Pipe()
    }

    /// Without this the ends of the streams would never be seen.
    func closeChildEnds() {
        input.reading.close()
        output.writing.close()
        error.writing.close()
    }
}
