import EnvSchema
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// The world that a rotation acts on: a stack that runs. The caller holds the project's lock.
final class StackRotation: RotationWorld {
    let project: Project
    let console: Console
    let signals: TerminationSignals
    let timeout: Duration
    let runtime: any Runtime
    let store: RotationStore
    private let clock: () -> Int64

    init(
        project: Project, console: Console, signals: TerminationSignals, timeout: Duration,
        clock: @escaping () -> Int64
    ) {
        (self.project, self.console, self.signals, self.timeout) = (project, console, signals, timeout)
        self.clock = clock
        runtime = project.runtime
        store = RotationStore(project: project)
    }

    var now: Int64 { clock() }

    func save(_ journal: RotationJournal) throws { try store.save(journal) }

    func scrub(keeping names: Set<String>) throws {
        try RotationLeftovers(project: project).remove(keeping: names)
    }

    func reached(_ step: RotationStep, number: Int, of count: Int) throws {
        if !console.isQuiet {
            console.note(
                "[\(number)/\(count)] \(step.phase.rawValue.padded(to: 7)) \(RotationWording.progress(step))")
        }
        RotationTest.stop(at: number, project)
        if signals.received != nil { throw CommandFailure.interrupted(signals) }
    }

    // MARK: - Steps

    func holds(_ step: RotationStep, in run: RotationRun) throws -> Bool {
        switch step {
        case .stage(let name): try mechanism(name, run).isStaged()
        case .settle: try isSettled(run)
        case .drain(let name): try isUnused(mechanism(name, run))
        case .retire(let name): try mechanism(name, run).isRetired()
        // What services were told is compared with what they are to be told, each time.
        case .admit, .publish, .withdraw, .prove: false
        }
    }

    func perform(_ step: RotationStep, in run: RotationRun) throws {
        switch step {
        case .stage(let name): try mechanism(name, run).stage()
        case .admit, .publish, .withdraw: try roll()
        case .prove(let name): try mechanism(name, run).prove()
        case .settle: try settle(run)
        case .drain(let name): try drain(name, run)
        case .retire(let name):
            try mechanism(name, run).retire()
            try ChangeLog.retired(name, project: project)
        }
    }

    /// Twice: a connection that was being made with the old one may come to stand behind the first look.
    private func isUnused(_ mechanism: any SecretMechanism) throws -> Bool {
        guard try mechanism.users() == nil else { return false }
        signals.sleep(.milliseconds(500))
        return try mechanism.users() == nil
    }

    private func drain(_ name: String, _ run: RotationRun) throws {
        let context = try context(name, run)
        let mechanism = try Mechanisms.mechanism(of: context)
        try mechanism.drain()
        try context.wait(
            "The old \(name) is still in use, and stays good",
            fix: "end what uses it, then careinit rotate-secrets --resume; or --rollback"
        ) {
            if try isUnused(mechanism) { return nil }
            return try mechanism.users() ?? "it was a moment ago"
        }
    }

    // MARK: - Services

    /// Brings everything that runs to what `.env` and journal say, one service after the other.
    private func roll() throws {
        let quiet = console.silenced
        let configuration = try EnvironmentFile.requireValid(project, console: quiet)
        let prepared = try StackPreparation.prepare(
            configuration: configuration, runtime: runtime, project: project, console: quiet)
        guard let applied = AppliedPlan.load(project), runtime.isUp else { throw Self.notRunning(project) }
        var wait = HealthWait(
            runtime: runtime, console: quiet, signals: signals, timeout: timeout,
            total: prepared.plan.services.count)
        let rollout = Rollout(prepared: prepared, applied: applied, project: project, runtime: runtime)
        try rollout.carryOut(&wait, console: console.isVerbose ? console : quiet)
    }

    static func notRunning(_ project: Project) -> CommandFailure {
        CommandFailure(
            .unavailable, "The stack does not run, and a change of its secrets is not finished",
            place: project.environmentFile, why: "what servers know can only be changed while they run",
            fix: "careinit up, then careinit rotate-secrets --resume")
    }

    // MARK: - The settings

    /// What the run sets, with its values: in the `.env`, or of the stack's own.
    private func changes(_ run: RotationRun, own: Bool) throws -> [SecretChange] {
        let items = run.items.filter {
            (InternalSecret(rawValue: $0.name) != nil) == own && $0.name != RotatableSecret.serverKey
        }
        return try items.flatMap { item in
            let values = try values(item)
            var result = [
                SecretChange(name: item.name, value: values.target(of: item), other: values.other(of: item))
            ]
            if let variable = RotatableSecret.loginVariable(of: item.name), let new = item.newLogin,
                let old = item.oldLogin
            {
                result.append(SecretChange(name: variable, value: new, other: old, isSecret: false))
            }
            return result
        }
    }

    private func isSettled(_ run: RotationRun) throws -> Bool {
        let document = try EnvironmentFile.load(project.environmentFile).document
        let own = InternalSecretsStore(project: project).stored
        return try changes(run, own: false).allSatisfy { document.value(of: $0.name) == $0.value }
            && changes(run, own: true).allSatisfy { own[$0.name] == $0.value }
            && serverKey(run)?.isSettled() ?? true
    }

    private func settle(_ run: RotationRun) throws {
        try SettingsChange(project: project).apply(try changes(run, own: false), now: now)
        try InternalSecretsChange(project: project).apply(try changes(run, own: true), now: now)
        try serverKey(run)?.settle(timeout: timeout, now: now)
    }

    /// nginx' key is no line of a file: it is put to work where it lies.
    private func serverKey(_ run: RotationRun) throws -> ServerKeyMechanism? {
        guard let item = run.items.first(where: { $0.name == RotatableSecret.serverKey }) else { return nil }
        let values = try values(item)
        return try ServerKeyMechanism(
            project, item, target: values.target(of: item), other: values.other(of: item))
    }

    // MARK: - Secrets

    private func values(_ item: RotationItem) throws -> RotationStore.Values {
        if let values = store.values(of: item.name) { return values }
        throw CommandFailure(
            .missingInput, "The values of \(item.name) that were being changed are gone", place: store.valuesFile,
            why: "without them neither the old nor the new one can be put in force",
            fix: "put the file back from a backup")
    }

    private func context(_ name: String, _ run: RotationRun) throws -> RotationContext {
        guard let item = run.items.first(where: { $0.name == name }) else {
            throw CommandFailure(.failure, "\(name) is no part of this rotation")
        }
        guard let applied = AppliedPlan.load(project), runtime.isUp else { throw Self.notRunning(project) }
        let values = try values(item)
        return RotationContext(
            project: project, runtime: runtime, services: applied.services,
            configuration: try EnvironmentFile.requireValid(project, console: console.silenced), item: item,
            target: values.target(of: item), other: values.other(of: item), signals: signals, timeout: timeout)
    }

    private func mechanism(_ name: String, _ run: RotationRun) throws -> any SecretMechanism {
        try Mechanisms.mechanism(of: try context(name, run))
    }
}

extension Console {
    /// The same that only errors get through.
    var silenced: Console {
        var copy = self
        (copy.isQuiet, copy.isVerbose) = (true, false)
        return copy
    }
}
