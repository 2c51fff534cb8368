import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite(.serialized)
struct SupervisorClientTests {
    @Test func `without a supervisor it says so`() {
        let client = SupervisorClient(socket: "/tmp/careinit-no-such.sock")
        #expect(throws: SupervisorClient.Failure.notRunning) { try client.programs() }
    }

    @Test(.enabled(if: Subprocess.find("supervisord") != nil))
    func `starts, lists and stops programs of a real supervisord`() throws {
        let folder = TemporaryFolder()
        let supervisor = try RealSupervisor(folder.path)
        defer { supervisor.end() }
        let client = supervisor.client
        #expect(try client.processIdentifier() == Int(supervisor.process))
        #expect(try client.programs().map(\.name) == ["sleep-1", "sleep-2"])
        #expect(try client.programs().allSatisfy { $0.state == .stopped })
        try client.start("sleep-1")
        try client.start("sleep-1")
        #expect(supervisor.waits { try client.programs().first { $0.name == "sleep-1" }?.state == .running })
        try client.stop("sleep-2")
        try client.signal("sleep-1", "TERM")
        try client.remove("sleep-2")
        #expect(try client.programs().map(\.name) == ["sleep-1"])
        try client.add("sleep-2")
        try client.add("sleep-2")
        #expect(throws: SupervisorClient.Failure.fault(code: 10, reason: "BAD_NAME: nobody")) {
            try client.start("nobody")
        }
        try client.shutDown()
        #expect(supervisor.waits { (try? client.programs()) == nil })
    }
}

/// A supervisord with two programs that do nothing, in a folder of its own.
struct RealSupervisor {
    let client: SupervisorClient
    let process: pid_t

    init(_ folder: String) throws {
        let configuration = """
            [supervisord]
            nodaemon=true
            logfile=\(folder)/log
            pidfile=\(folder)/pid
            [unix_http_server]
            file=\(folder)/s.sock
            [rpcinterface:supervisor]
            supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
            [program:sleep-1]
            command=/bin/sleep 1000
            autostart=false
            [program:sleep-2]
            command=/bin/sleep 1000
            autostart=false
            """
        let file = open("\(folder)/conf", O_WRONLY | O_CREAT, 0o600)
        _ = configuration.withCString { write(file, $0, strlen($0)) }
        close(file)
        var actions = SpawnActions()
        actions.open("\(folder)/output", flags: O_WRONLY | O_CREAT, as: STDOUT_FILENO)
        actions.open("\(folder)/errors", flags: O_WRONLY | O_CREAT, as: STDERR_FILENO)
        process = try spawnProcess(
            path: Subprocess.find("supervisord") ?? "", arguments: ["supervisord", "-n", "-c", "\(folder)/conf"],
            environment: Subprocess.cleanEnvironment, actions: &actions, flags: POSIX_SPAWN_SETPGROUP)
        client = SupervisorClient(socket: "\(folder)/s.sock")
        _ = waits { (try? client.programs()) != nil }
    }

    /// Whether the condition came true before long.
    func waits(_ condition: () throws -> Bool) -> Bool {
        for _ in 0..<400 {
            if (try? condition()) == true { return true }
            usleep(50_000)
        }
        return false
    }

    func end() {
        kill(process, SIGTERM)
        waitpid(process, nil, 0)
    }
}
