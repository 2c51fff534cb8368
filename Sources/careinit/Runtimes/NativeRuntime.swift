/// Runs a stack on this machine: supervisord, and the services as processes below it.
struct NativeRuntime: Runtime {
    let project: Project
    let isRoot: Bool

    let kind = RuntimeKind.native

    private var client: SupervisorClient { SupervisorClient(socket: "\(project.runFolder)/supervisor.sock") }
    private var supervisor: SupervisorProcess { SupervisorProcess(project: project, isRoot: isRoot) }

    var isUp: Bool { (try? client.processIdentifier()) != nil }

    var hasData: Bool { project.dataVersion != nil }

    func launch(_ services: [ServicePlan], signals: TerminationSignals) throws(CommandFailure) {
        try supervisor.writeConfiguration(services)
        try supervisor.start(client, signals: signals)
    }

    func states() throws(CommandFailure) -> [String: ServiceState] {
        let programs: [SupervisedProgram]
        do { programs = try client.programs() } catch {
            if error == .notRunning { return [:] }
            throw failure(error)
        }
        let log = SupervisorLog.read(supervisor.log)
        return Dictionary(programs.map { ($0.name, ServiceState($0, log)) }) { first, _ in first }
    }

    func start(_ services: [ServicePlan]) throws(CommandFailure) {
        for service in services {
            try ask { () throws(SupervisorClient.Failure) in try client.start(service.name) }
        }
    }

    func stop(_ services: [ServicePlan]) throws(CommandFailure) {
        for service in services {
            try ask { () throws(SupervisorClient.Failure) in try client.stop(service.name) }
        }
        let longest = services.map(\.stopTimeout).max() ?? 0
        // supervisord kills whatever takes longer than its own time.
        let deadline = ContinuousClock.now + .seconds(longest + 10)
        let names = Set(services.map(\.name))
        while true {
            let active = try activePrograms(of: names)
            if active.isEmpty { return }
            guard ContinuousClock.now < deadline else {
                throw CommandFailure(
                    .unavailable, "Services do not stop: \(active.sorted().joined(separator: ", "))",
                    place: supervisor.log, fix: "look at their logs: careinit logs \(active.sorted()[0])")
            }
            Pause.milliseconds(50)
        }
    }

    func replace(_ changed: [ServicePlan], all services: [ServicePlan]) throws(CommandFailure) {
        try supervisor.writeConfiguration(services)
        try ask { () throws(SupervisorClient.Failure) in
            try client.reloadConfiguration()
            for service in changed {
                try client.remove(service.name)
                try client.add(service.name)
            }
        }
    }

    func forget(_ removed: [ServicePlan], all services: [ServicePlan]) throws(CommandFailure) {
        try supervisor.writeConfiguration(services)
        try ask { () throws(SupervisorClient.Failure) in
            try client.reloadConfiguration()
            for service in removed { try client.remove(service.name) }
        }
    }

    func reload(_ service: ServicePlan) throws(CommandFailure) {
        guard let signal = service.reloadSignal else { return }
        try ask { () throws(SupervisorClient.Failure) in try client.signal(service.name, signal) }
    }

    func shutDown() throws(CommandFailure) {
        let processes = try ask { () throws(SupervisorClient.Failure) in try client.processIdentifier() }
        try ask { () throws(SupervisorClient.Failure) in try client.shutDown() }
        supervisor.waitForEnd(of: Int32(clamping: processes))
    }

    func exec(
        _ service: ServicePlan, _ program: Subprocess, signals: TerminationSignals?
    ) throws(Subprocess.Failure) -> Subprocess.Output {
        var program = program
        program.user = service.user.flatMap(UserAccount.named)
        if program.directory == nil { program.directory = "/" }
        return try program.run(signals: signals)
    }

    func program(
        _ command: [String], in service: ServicePlan, onTerminal: Bool
    ) throws(CommandFailure) -> Subprocess {
        // setpriv(1) would say it in words of its own.
        guard let name = command.first, let path = Subprocess.find(name) else {
            throw CommandFailure(
                .noProgram, "There is no program \"\(command.first ?? "")\"", place: Subprocess.searchPath,
                fix: "install it, or give its whole path")
        }
        var program = Subprocess(
            arguments: [path] + command.dropFirst(),
            // With the longer search path of careinit's own.
            environment: service.environment.merging(Subprocess.cleanEnvironment) { $1 }
                .merging(clients(of: service)) { $1 },
            directory: service.directory ?? "/")
        program.user = service.user.flatMap(UserAccount.named)
        program.capability = service.capability
        return program
    }

    func psql(on member: ServicePlan) -> Subprocess {
        var environment = Subprocess.cleanEnvironment.merging(clients(of: member)) { $1 }
        environment["PGCONNECT_TIMEOUT"] = "2"
        return Subprocess(
            arguments: ["psql", "-X", "-q", "-w", "-t", "-A"], environment: environment, timeout: .seconds(5))
    }

    private func clients(of service: ServicePlan) -> [String: String] {
        service.clientEnvironment(
            files: "\(project.stateDirectory)/generations/current/\(service.name)",
            sockets: "\(project.runFolder)/\(service.name)")
    }

    // MARK: - Logs

    var otherLogs: [String] { ["supervisord"] }

    func logEnd(_ service: ServicePlan, lines count: Int) -> [String] {
        FileTail.lines(service.logFile, count: count)
    }

    func showLogs(_ request: LogRequest, console: Console) throws(CommandFailure) -> ExitCode {
        var files = request.services.map { LogFollower.File(name: $0.name, path: $0.logFile) }
        files += otherLogs.map { LogFollower.File(name: $0, path: "\(project.logFolder)/\($0).log") }
        var follower = LogFollower(files: files.filter { request.names.contains($0.name) })
        let print = { (line: String) in console.print(request.redactor.redact(line)) }
        follower.showEnd(lines: request.lines, print: print)
        guard request.follows else { return .success }
        let signals = TerminationSignals()
        while signals.sleep(.milliseconds(200)) { follower.showNew(print: print) }
        return signals.exitCode
    }

    // MARK: - supervisord

    private func activePrograms(of names: Set<String>) throws(CommandFailure) -> [String] {
        try ask { () throws(SupervisorClient.Failure) in
            try client.programs().filter { names.contains($0.name) && $0.state.isActive }.map(\.name)
        }
    }

    private func ask<Result>(
        _ body: () throws(SupervisorClient.Failure) -> Result
    ) throws(CommandFailure) -> Result {
        do { return try body() } catch { throw failure(error) }
    }

    private func failure(_ error: SupervisorClient.Failure) -> CommandFailure {
        let why =
            switch error {
            case .notRunning: "it does not run"
            case .transport(let error): error.reason
            case .fault(let code, let reason): "\(reason) (\(code))"
            case .malformed: "its answer is no XML-RPC"
            }
        return CommandFailure(
            .unavailable, "supervisord did not do what it was asked", place: supervisor.log, why: why,
            fix: "careinit status shows what runs")
    }
}

extension ServiceState {
    init(_ program: SupervisedProgram, _ log: SupervisorLog) {
        let ends = log.ends[program.name]
        self.init(
            phase: Phase(program.state), process: program.process > 0 ? program.process : nil,
            startedAt: program.state.isActive && program.startedAt > 0 ? program.startedAt : nil,
            endCount: ends?.count ?? 0, lastEnd: ends.map { "\($0.last) at \($0.time)" },
            trouble: program.trouble)
    }
}

extension ServiceState.Phase {
    init(_ state: SupervisedProgram.State) {
        switch state {
        case .stopped: self = .stopped
        case .starting: self = .starting
        case .running: self = .running
        case .backoff, .exited: self = .restarting
        case .stopping: self = .stopping
        case .fatal, .unknown: self = .failed
        }
    }
}
