import CSystem
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// Starts and ends the one supervisord of a stack.
struct SupervisorProcess {
    let project: Project
    let isRoot: Bool

    var configuration: String { "\(project.runFolder)/supervisord.conf" }
    var log: String { "\(project.logFolder)/supervisord.log" }
    /// What it says before it has a log.
    private var errors: String { "\(project.logFolder)/supervisord.errors" }

    func writeConfiguration(_ services: [ServicePlan]) throws(CommandFailure) {
        do {
            let writer = SupervisorConfiguration(
                project: project, isRoot: isRoot, templates: TemplateLibrary(folder: TemplateSource.folder))
            try AtomicFile.write(try writer.render(services), to: configuration)
        } catch let fault as TemplateFault {
            throw fault.failure
        } catch {
            let reason = (error as? FileError)?.reason ?? "\(error)"
            throw CommandFailure(
                .cannotCreate, "supervisord's configuration cannot be written", place: configuration, why: reason)
        }
    }

    /// Starts supervisord in a session of its own, so that it outlives careinit and its terminal, and waits until it
    /// can be asked.
    func start(_ client: SupervisorClient, signals: TerminationSignals) throws(CommandFailure) {
        let process: pid_t
        do { process = try spawn() } catch {
            throw CommandFailure(.failure, "supervisord cannot be started", why: "\(error)")
        }
        for _ in 0..<200 {
            if let found = try? client.processIdentifier(), found == Int(process) { return }
            if waitpid(process, nil, WNOHANG) == process { throw ended }
            if !signals.sleep(.milliseconds(50)) { break }
        }
        kill(process, SIGTERM)
        waitpid(process, nil, 0)
        if signals.received != nil { throw .interrupted(signals) }
        throw CommandFailure(.unavailable, "supervisord does not answer", place: log)
    }

    private var ended: CommandFailure {
        let said = FileTail.lines(errors, count: 5) + FileTail.lines(log, count: 3)
        return CommandFailure(
            .unavailable, "supervisord ended at once", place: log, why: said.joined(separator: "\n  "))
    }

    private func spawn() throws -> pid_t {
        let own = FileSystem.linkTarget("/proc/self/exe") ?? "/proc/self/exe"
        var actions = SpawnActions()
        actions.open("/dev/null", flags: O_RDONLY, as: STDIN_FILENO)
        // In the foreground it writes its log twice: to its file, and here.
        actions.open("/dev/null", flags: O_WRONLY, as: STDOUT_FILENO)
        actions.open(errors, flags: O_WRONLY | O_CREAT | O_TRUNC, as: STDERR_FILENO)
        return try spawnProcess(
            path: own, arguments: ["careinit", "supervise", configuration], environment: [:], actions: &actions,
            flags: csystem_spawn_new_session())
    }

    /// Waits until supervisord is gone: it ends last of all.
    func waitForEnd(of process: pid_t) {
        guard let entry = ProcessTable.entry(process) else { return }
        for _ in 0..<1200 where ProcessTable.isRunning(entry) {
            waitpid(process, nil, WNOHANG)
            Pause.milliseconds(50)
        }
    }
}

extension CommandFailure {
    /// careinit was told to end while it waited.
    static func interrupted(_ signals: TerminationSignals) -> CommandFailure {
        CommandFailure(
            signals.exitCode, "Interrupted", why: "what was started goes on running",
            fix: "careinit status shows it, careinit down stops it")
    }
}
