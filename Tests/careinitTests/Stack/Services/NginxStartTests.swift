import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

/// The script that starts nginx, run with real ones.
@Suite(.serialized) struct NginxStartTests {
    private let folder = TemporaryFolder()

    /// A nginx of the test's own, in a folder of its own.
    private func script(_ name: String, port: UInt16) throws -> (script: String, folder: String) {
        var fixture = try StackFixture(state: "\(folder.path)/\(name)")
        fixture.host.isRoot = false
        let plan = try fixture.plan()
        let run = "\(folder.path)/\(name)/run/nginx"
        let service = try #require(plan.services.first { $0.name == "nginx" })
        #expect(service.directory == run && service.command.count == 2 && service.command[0] == "/bin/sh")
        let file = try #require(plan.files.first { $0.path == "nginx/start.sh" })
        let configuration = """
            daemon off;
            worker_processes 2;
            pid \(run)/nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path \(run)/1; proxy_temp_path \(run)/2; fastcgi_temp_path \(run)/3;
                uwsgi_temp_path \(run)/4; scgi_temp_path \(run)/5;
                server { listen 127.0.0.1:\(port); return 200 \(name); }
            }
            """
        let place = service.command[1].parentPath
        for folder in [run, place] { _ = try Subprocess(arguments: ["mkdir", "-p", folder]).run() }
        try OutputFile.write(Array(configuration.utf8), to: "\(place)/nginx.conf")
        try OutputFile.write(file.contents, to: service.command[1])
        return (service.command[1], run)
    }

    /// Runs it in the background, as the runtimes do.
    private func start(_ script: (script: String, folder: String)) throws -> pid_t {
        var actions = SpawnActions()
        actions.open("/dev/null", flags: O_RDWR, as: STDIN_FILENO)
        actions.open("\(script.folder)/output", flags: O_WRONLY | O_CREAT | O_APPEND, as: STDOUT_FILENO)
        actions.connect(STDOUT_FILENO, to: STDERR_FILENO)
        actions.changeDirectory(script.folder)
        return try spawnProcess(
            path: "/bin/sh", arguments: ["/bin/sh", script.script], environment: Subprocess.cleanEnvironment,
            actions: &actions, flags: POSIX_SPAWN_SETPGROUP)
    }

    private func workers(in folder: String) -> [pid_t] {
        ProcessTable.all().filter {
            $0.arguments[0].hasPrefix("nginx: worker") && ProcessTable.folder(of: $0.identifier) == folder
        }.map(\.identifier).sorted()
    }

    private func waitFor<Value>(_ body: () throws -> Value?) throws -> Value {
        for _ in 0..<1500 {
            if let value = try body() { return value }
            Pause.milliseconds(20)
        }
        return try #require(try body())
    }

    private func answer(_ port: UInt16) throws -> String {
        try Subprocess(arguments: ["curl", "--silent", "--max-time", "5", "http://127.0.0.1:\(port)/"]).run().text
    }

    private func freePort() throws -> UInt16 {
        let descriptor = Descriptor(takingOwnershipOf: socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        defer { descriptor.close() }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor.number, pointer, length) == 0
                    ? getsockname(descriptor.number, pointer, &length) : -1
            }
        }
        try #require(code == 0)
        return UInt16(bigEndian: address.sin_port)
    }

    private func end(_ process: pid_t, _ signal: Int32) {
        kill(process, signal)
        waitpid(process, nil, 0)
    }

    @Test func `workers without a master make way for the next nginx, and no other's are touched`() throws {
        let ports = [try freePort(), try freePort()]
        let (own, other) = (try script("own", port: ports[0]), try script("other", port: ports[1]))
        let first = try start(own)
        let neighbour = try start(other)
        defer { end(neighbour, SIGQUIT) }
        _ = try waitFor { try answer(ports[0]) == "own" && answer(ports[1]) == "other" ? true : nil }
        let (old, others) = (workers(in: own.folder), workers(in: other.folder))
        #expect(old.count == 2 && others.count == 2)
        end(first, SIGKILL)
        #expect(try answer(ports[0]) == "own")
        let second = try start(own)
        defer { end(second, SIGQUIT) }
        let new = try waitFor {
            let now = workers(in: own.folder)
            return now.count == 2 && Set(now).isDisjoint(with: old) ? now : nil
        }
        #expect(try answer(ports[0]) == "own" && ProcessTable.entry(new[0])?.parent == second)
        #expect(workers(in: other.folder) == others)
    }

    @Test func `a worker that does not listen to SIGQUIT is killed`() throws {
        let port = try freePort()
        let own = try script("frozen", port: port)
        let first = try start(own)
        let old = try waitFor {
            let now = workers(in: own.folder)
            return now.count == 2 ? now : nil
        }
        end(first, SIGKILL)
        // Only now: a stopped group that loses its leader is told to go on (setpgid(2), "orphaned").
        old.forEach { kill($0, SIGSTOP) }
        let second = try start(own)
        defer { end(second, SIGQUIT) }
        _ = try waitFor { try answer(port) == "frozen" ? true : nil }
        #expect(Set(workers(in: own.folder)).isDisjoint(with: old))
    }
}
