#if canImport(Glibc)
    import Glibc
#endif

/// `careinit up`: from a checked `.env` to a healthy stack. Also what `provision --start` and the wizard do at their end.
struct StackStarter {
    let project: Project
    let console: Console
    let timeout: Duration
    /// nil: as it was started last.
    var runtime: RuntimeKind?

    static func up(
        project: Project, console: Console, timeout: Duration, runtime: RuntimeKind? = nil
    ) throws -> ExitCode {
        try StackStarter(project: project, console: console, timeout: timeout, runtime: runtime).run()
    }

    private func run() throws -> ExitCode {
        let signals = TerminationSignals()
        let configuration = try EnvironmentFile.requireValid(project, console: console)
        try StateDirectory.requireOwn(project)
        let lock = try ProjectLock.acquire(project, command: "up")
        return try withExtendedLifetime(lock) {
            let runtime = try RuntimeChange.require(runtime, of: project).runtime(project)
            if runtime.kind == .native { removeStalePIDFile() }
            say("Checking the programs, the certificate and the rendered configuration …")
            let prepared = try StackPreparation.prepare(
                configuration: configuration, runtime: runtime, project: project, console: console)
            for omission in prepared.plan.omissions { say("Without \(omission.service): \(omission.reason).") }
            HostLimits.warn(prepared.settings, openFiles: HostLimits.ownOpenFiles(), console: console)
            try carryOut(prepared, runtime: runtime, signals: signals)
            Card(prepared: prepared, project: project).lines.forEach(console.print)
            return .success
        }
    }

    /// What a crash left behind would lead systemd to whichever process has that number now.
    private func removeStalePIDFile() {
        let runtime = NativeRuntime(project: project, isRoot: geteuid() == 0)
        if !runtime.isUp { unlink(project.supervisorPIDFile) }
    }

    private func carryOut(
        _ prepared: PreparedStack, runtime: any Runtime, signals: TerminationSignals
    ) throws(CommandFailure) {
        let services = prepared.plan.services
        var wait = HealthWait(
            runtime: runtime, console: console, signals: signals, timeout: timeout, total: services.count)
        if runtime.isUp, let applied = AppliedPlan.load(project) {
            let rollout = Rollout(prepared: prepared, applied: applied, project: project, runtime: runtime)
            try rollout.carryOut(&wait, console: console)
        } else {
            try startAll(prepared, runtime: runtime, wait: &wait)
        }
        if try !wait.wait(for: services) { throw try unhealthy(services, wait) }
        try requireSynchronousReplication(services, &wait)
    }

    /// Everything from nothing.
    private func startAll(
        _ prepared: PreparedStack, runtime: any Runtime, wait: inout HealthWait
    ) throws(CommandFailure) {
        let services = prepared.plan.services
        if runtime.kind == .native { Orphans.find(project).end(console: console) }
        if let conflict = PortCheck.failure(PortCheck.conflicts(in: services)) { throw conflict }
        say("Starting \(services.count) services of generation \(prepared.plan.generation) …")
        try runtime.launch(services, signals: wait.signals)
        try prepared.applied.save(project)
        let first = services.filter { $0.priority == StartOrder.coordination }
        try runtime.start(first)
        // Without etcd nobody can write, but what can start shall be there to be looked at.
        _ = try wait.wait(for: first)
        try runtime.start(services.filter { $0.priority != StartOrder.coordination })
    }

    private func unhealthy(_ services: [ServicePlan], _ wait: HealthWait) throws(CommandFailure) -> CommandFailure
    {
        let failing = services.filter { wait.probe?.isHealthy($0.name) != true }
        let report = try StartFailure(
            services: failing, probe: wait.probe, runtime: wait.runtime, project: project)
        return report.failure(healthyCount: services.count - failing.count)
    }

    /// Not only that a leader answers: that its commits wait for a standby.
    private func requireSynchronousReplication(
        _ services: [ServicePlan], _ wait: inout HealthWait
    ) throws(CommandFailure) {
        let members = services.filter(\.isDatabaseMember)
        var reason = "there is no leader"
        while ContinuousClock.now < wait.deadline {
            let leader = wait.probe?.cluster.leader?.name
            if let leader = members.first(where: { $0.name == leader }) {
                let result = SynchronousReplication.check(leader: leader, runtime: wait.runtime)
                guard let seen = result.reason else { return }
                reason = seen
            }
            if !wait.signals.sleep(.milliseconds(300)) { throw .interrupted(wait.signals) }
            _ = try wait.wait(for: members)
        }
        throw CommandFailure(
            .unavailable, "The database does not replicate synchronously", place: members.first?.logFile,
            why: reason, fix: "careinit status shows the members, careinit logs pg-1 pg-2 pg-3 what they wait for")
    }

    private func say(_ line: String) {
        if !console.isQuiet { console.note(line) }
    }
}

extension PreparedStack {
    /// This stack as what runs, all of it with this generation.
    var applied: AppliedPlan {
        AppliedPlan(
            generation: plan.generation, entries: plan.services.map(entry), omissions: plan.omissions,
            origin: settings.application.origin, runtime: runtime == .native ? nil : runtime)
    }

    func entry(_ service: ServicePlan) -> AppliedPlan.Entry {
        AppliedPlan.Entry(
            service: service, generation: plan.generation, fingerprint: fingerprints[service.name] ?? "")
    }
}
