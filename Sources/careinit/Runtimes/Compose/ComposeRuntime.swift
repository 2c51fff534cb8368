import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// Runs a stack in containers of this machine: Docker Compose v2, and an engine that it asks by Docker's own client.
struct ComposeRuntime: Runtime {
    let project: Project

    let kind = RuntimeKind.compose
    private var name: String { project.composeName }
    private var label: String { "label=com.docker.compose.project=\(name)" }

    // MARK: - The project

    var isUp: Bool {
        let found = try? Docker.run(
            ["ps", "--quiet", "--filter", label, "--filter", "status=running", "--filter", "status=restarting"],
            or: "The containers cannot be listed")
        return found.map { !$0.isEmpty } ?? false
    }

    var hasData: Bool {
        let found = try? Docker.run(
            ["volume", "ls", "--quiet", "--filter", "name=^\(name)_pg-1$"], or: "The volumes cannot be listed")
        return found.map { !$0.isEmpty } ?? false
    }

    func launch(_ services: [ServicePlan], signals: TerminationSignals) throws(CommandFailure) {
        try write(services)
        try compose(["config", "--quiet"], or: "Docker Compose refuses what was rendered")
    }

    func states() throws(CommandFailure) -> [String: ServiceState] {
        let what = "The containers cannot be looked at"
        let found = try Docker.run(["ps", "--all", "--quiet", "--no-trunc", "--filter", label], or: what)
        let identifiers = found.split(separator: "\n").map(String.init)
        guard !identifiers.isEmpty else { return [:] }
        let json = try Docker.run(["inspect", "--type", "container"] + identifiers, or: what)
        guard let rows = ContainerRow.read(json) else {
            throw CommandFailure(.unavailable, what, why: "the answer of docker inspect is in other words")
        }
        return Dictionary(rows.map { ($0.service, ServiceState($0)) }) { first, _ in first }
    }

    func shutDown() throws(CommandFailure) {
        try compose(["down"], timeout: .seconds(180), or: "The containers cannot be taken down")
    }

    // MARK: - Services

    func start(_ services: [ServicePlan]) throws(CommandFailure) {
        guard !services.isEmpty else { return }
        let arguments = ["up", "--detach", "--no-deps", "--no-build", "--quiet-pull"]
        try compose(arguments + services.map(\.name), timeout: .seconds(180), or: "Containers cannot be started")
    }

    func stop(_ services: [ServicePlan]) throws(CommandFailure) {
        guard !services.isEmpty else { return }
        let longest = services.map(\.stopTimeout).max() ?? 0
        try compose(
            ["stop"] + services.map(\.name), timeout: .seconds(longest + 60), or: "Containers do not stop")
    }

    func replace(_ changed: [ServicePlan], all services: [ServicePlan]) throws(CommandFailure) {
        try remove(changed)
        try write(services)
    }

    func forget(_ removed: [ServicePlan], all services: [ServicePlan]) throws(CommandFailure) {
        try remove(removed)
        try write(services)
    }

    func reload(_ service: ServicePlan) throws(CommandFailure) {
        guard let signal = service.reloadSignal else { return }
        try Docker.run(
            ["kill", "--signal", signal, container(service)], or: "\(service.name) cannot be told to read again")
    }

    private func remove(_ services: [ServicePlan]) throws(CommandFailure) {
        guard !services.isEmpty else { return }
        try compose(["rm", "--force", "--stop"] + services.map(\.name), or: "Containers cannot be removed")
    }

    // MARK: - What runs in a container

    func exec(
        _ service: ServicePlan, _ program: Subprocess, signals: TerminationSignals?
    ) throws(Subprocess.Failure) -> Subprocess.Output {
        let variables = program.environment.filter { Subprocess.cleanEnvironment[$0.key] != $0.value }
        let arguments =
            ["exec", "--interactive"] + Self.options(variables) + [container(service)] + program.arguments
        var run = Docker.subprocess(arguments, input: program.input, timeout: program.timeout)
        (run.outputLimit, run.grace, run.echo) = (program.outputLimit, program.grace, program.echo)
        return try run.run(signals: signals)
    }

    func program(
        _ command: [String], in service: ServicePlan, onTerminal: Bool
    ) throws(CommandFailure) -> Subprocess {
        guard try states()[service.name]?.phase == .running else {
            throw CommandFailure(
                .unavailable, "\(service.name) does not run, and nothing can run in its container",
                fix: "careinit status shows why; careinit up starts it")
        }
        // Docker gives 126 or 127 for a program that is not there, by its version; the shell gives 127.
        return Docker.subprocess(
            ["exec", "--interactive"] + (onTerminal ? ["--tty"] : []) + Self.options(clients(of: service))
                + [container(service), "sh", "-c", "exec \"$@\"", "sh"] + command)
    }

    func psql(on member: ServicePlan) -> Subprocess {
        var environment = Subprocess.cleanEnvironment.merging(clients(of: member)) { $1 }
        environment["PGCONNECT_TIMEOUT"] = "2"
        return Subprocess(
            arguments: ["psql", "-X", "-q", "-w", "-t", "-A"], environment: environment, timeout: .seconds(8))
    }

    private func clients(of service: ServicePlan) -> [String: String] {
        service.clientEnvironment(
            files: ContainerPlanner.folder(of: service.name), sockets: ContainerPlan.run)
    }

    /// Settings for a program in a container. Never a secret: they stand in argv of Docker's client.
    private static func options(_ environment: [String: String]) -> [String] {
        environment.sorted { $0.key < $1.key }.flatMap { ["--env", "\($0.key)=\($0.value)"] }
    }

    // MARK: - Logs

    var otherLogs: [String] { [] }

    func logEnd(_ service: ServicePlan, lines count: Int) -> [String] {
        let run = Docker.subprocess(["logs", "--tail", "\(count)", container(service)])
        guard let output = try? run.run() else { return [] }
        // What a program writes to either stream is its log.
        return (output.text + output.errorText).split(separator: "\n").map(String.init)
    }

    func showLogs(_ request: LogRequest, console: Console) throws(CommandFailure) -> ExitCode {
        let prefix = request.names.count == 1 ? ["--no-log-prefix"] : []
        let follow = request.follows ? ["--follow"] : []
        var run = Docker.subprocess(
            file + ["logs", "--no-color", "--tail", "\(request.lines)"] + prefix + follow + request.names,
            timeout: .seconds(request.follows ? 10 * 365 * 86_400 : 60))
        let lines = RedactedLines(request.redactor) { Console.write(bytes: $0, to: STDOUT_FILENO) }
        defer { lines.end() }
        run.echo = { lines.take($0) }
        let signals = TerminationSignals()
        do {
            let output = try run.run(signals: signals)
            if output.succeeded { return .success }
            let said = output.errorText.split(separator: "\n").last.map(String.init)
            throw CommandFailure(.unavailable, "The logs cannot be read", why: said, fix: "careinit status")
        } catch let failure as CommandFailure {
            throw failure
        } catch Subprocess.Failure.interrupted {
            return signals.exitCode
        } catch {
            throw CommandFailure(.unavailable, "The logs cannot be read", why: "\(error)")
        }
    }

    // MARK: - Compose

    private var file: [String] {
        ["compose", "--file", project.composeFile, "--ansi", "never", "--progress", "plain"]
    }

    /// As Compose names the only container of a service.
    private func container(_ service: ServicePlan) -> String { "\(name)-\(service.name)-1" }

    @discardableResult
    private func compose(
        _ arguments: [String], timeout: Duration = .seconds(60), or what: String
    ) throws(CommandFailure) -> String {
        try Docker.run(file + arguments, timeout: timeout, or: what)
    }

    private func write(_ services: [ServicePlan]) throws(CommandFailure) {
        do {
            let writer = ComposeFile(project: project, templates: TemplateLibrary(folder: TemplateSource.folder))
            try AtomicFile.write(try writer.render(services), to: project.composeFile)
        } catch let fault as TemplateFault {
            throw fault.failure
        } catch {
            let reason = (error as? FileError)?.reason ?? "\(error)"
            throw CommandFailure(
                .cannotCreate, "The Compose file cannot be written", place: project.composeFile, why: reason)
        }
    }
}
