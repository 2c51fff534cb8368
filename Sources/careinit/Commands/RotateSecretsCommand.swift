import EnvSchema
import Secrets

/// `careinit rotate-secrets`: gives the secrets of a running stack new values, without a failed request.
enum RotateSecretsCommand {
    static let command = Command(
        name: "rotate-secrets",
        summary: "Give secrets new values while the stack runs, without a failed request.",
        arguments: [
            .init(
                name: "NAME",
                help:
                    "A secret of .env, such as DB_PASSWORD, one of the stack's own, such as ETCD_CERTIFICATES, or TLS_KEY: nginx' key and certificate.",
                isRepeated: true)
        ],
        options: [
            .init(name: "--all", help: "Every secret that careinit can make, but for TLS_KEY."),
            .init(
                name: "--older-than", value: "TIME", help: "Those that are older, or of unknown age, such as 90d."),
            .init(name: "--due", help: "End old secrets whose time has come."),
            .init(
                name: "--no-backups-need-it",
                help: "With --due: also end the old ENCRYPTION_KEY; no backup that is kept was made with it."),
            .init(
                name: "--retire-now", value: "NAME",
                help: "End the old one before its time: whoever has a token of it logs in again.", isRepeated: true
            ),
            .init(name: "--resume", help: "Go on with what was interrupted."),
            .init(name: "--rollback", help: "Go back to the secrets of before."),
            .init(
                name: "--value-file", value: "FILE",
                help: "The new value of the one NAME, from a file of yours; - for standard input."),
            .init(name: "--dry-run", short: "-n", help: "Say what would be done, and change nothing."),
            .init(
                name: "--explain",
                help: "Say what happens, what is touched, how it is undone and how long it takes."),
            .json, .timeout, .environmentFile,
        ],
        examples: [
            .init(
                line: "careinit rotate-secrets DB_PASSWORD",
                meaning: "A new password for the database, in use at once."),
            .init(line: "careinit rotate-secrets --older-than 90d", meaning: "Whatever has become old."),
            .init(
                line: "careinit rotate-secrets --due",
                meaning: "For a timer: ends old keys when all their tokens have expired."),
            .init(
                line: "careinit rotate-secrets SMTP_PASS --value-file -",
                meaning: "A password that the mail provider gave, from standard input."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let request = try RotationRequest(invocation)
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        try StateDirectory.requireOwn(project)
        try requireSense(request, project)
        if request.isOnlyShown { return try show(request, project, invocation) }
        let timeout = try TimeoutOption.read(invocation)
        let signals = TerminationSignals()
        let lock = try ProjectLock.acquire(project, command: "rotate-secrets")
        return try withExtendedLifetime(lock) {
            let session = RotationSession(
                project: project, console: invocation.console, signals: signals, timeout: timeout)
            return try tell(try carryOut(request, session, project), invocation)
        }
    }

    /// Before anything is made, the lock's folder included: what is refused leaves nothing behind.
    private static func requireSense(_ request: RotationRequest, _ project: Project) throws(CommandFailure) {
        guard case .rotate(let choice) = request.action else {
            _ = try EnvironmentFile.load(project.environmentFile)
            return
        }
        guard case .named(let names) = choice else {
            _ = try EnvironmentFile.requireValid(project, console: .silent)
            return
        }
        _ = try RotationChoice.secrets(names, in: try TemplateSource.environment().schema)
        _ = try EnvironmentFile.requireValid(project, console: .silent)
        if names.contains(RotatableSecret.serverKey), !request.isExplanation {
            _ = try ServerKeyChange(project: project).renewal()
        }
    }

    private static func carryOut(
        _ request: RotationRequest, _ session: RotationSession, _ project: Project
    ) throws -> RotationReport {
        switch request.action {
        case .resume: return try session.resume()
        case .rollBack: return try session.rollBack()
        case .due(let released, let early): return try session.retireDue(released: released, early: early)
        case .rotate(let choice):
            let names = try names(choice, project)
            guard !names.isEmpty else { return RotationReport(nil, try RotationStore(project: project).load()) }
            return try session.rotate(names, given: try request.given(names))
        }
    }

    /// Of those that are not named, none whose last change still waits for its end: a timer must not stop at it.
    private static func names(_ choice: RotationRequest.Choice, _ project: Project) throws -> [String] {
        if case .named(let names) = choice { return names }
        let waiting = try RotationStore(project: project).load().waiting.map(\.name)
        let configuration = try EnvironmentFile.requireValid(project, console: .silent)
        let own = InternalSecretsStore(project: project).stored
        let chosen =
            if case .olderThan(let age) = choice {
                RotationChoice.older(
                    than: age, configuration, own: own, ages: SecretAges(project: project).load(),
                    now: RotationTest.now(project))
            } else { RotationChoice.all(configuration, own: own) }
        return chosen.filter { !waiting.contains($0) }
    }

    private static func show(
        _ request: RotationRequest, _ project: Project, _ invocation: Invocation
    ) throws -> ExitCode {
        let run = try planned(request, project)
        if invocation.has("--json") {
            return try tell(RotationReport(planned: run?.items.map(\.name) ?? []), invocation)
        }
        if request.isExplanation {
            let lines = try explained(request, run).flatMap { RotationExplanation(secret: $0).lines }
            lines.forEach(invocation.console.print)
            return .success
        }
        guard let run else { return try tell(RotationReport(nil, RotationJournal()), invocation) }
        RotationWording.plan(run).forEach(invocation.console.print)
        return .success
    }

    /// Every secret that there is, unless some are named; of the other actions those that they are about.
    private static func explained(
        _ request: RotationRequest, _ run: RotationRun?
    ) throws(CommandFailure) -> [RotatableSecret] {
        let schema = try TemplateSource.environment().schema
        if case .rotate(.all) = request.action { return RotatableSecret.all(in: schema) }
        return try RotationChoice.secrets(run?.items.map(\.name) ?? [], in: schema)
    }

    /// The run that would be carried out; nil where there is none.
    private static func planned(_ request: RotationRequest, _ project: Project) throws -> RotationRun? {
        var journal = try RotationStore(project: project).load()
        let now = RotationTest.now(project)
        switch request.action {
        case .resume: return journal.current
        case .rollBack: return journal.current?.reversed(now: now)
        case .due(let released, let early):
            journal.beginRetirement(of: journal.retirable(at: now, released: released, early: early), now: now)
            return journal.current
        case .rotate(let choice):
            let configuration = try EnvironmentFile.requireValid(project, console: .silent)
            let secrets = try RotationChoice.secrets(try names(choice, project), in: configuration.schema)
            let own = InternalSecretsStore(project: project).stored
            let items = try secrets.map {
                try $0.item(configuration, own: own, replicator: Replicators.first)
            }
            return items.isEmpty ? nil : RotationRun(kind: .rotate, items: items, startedAt: now)
        }
    }

    private static func tell(_ report: RotationReport, _ invocation: Invocation) throws -> ExitCode {
        if invocation.has("--json") {
            invocation.console.print(try report.json())
        } else if !invocation.console.isQuiet {
            report.lines.forEach(invocation.console.print)
        }
        return .success
    }
}

extension Console {
    /// For what is read beside the command's own work.
    static var silent: Console { Console(usesColour: false, isInteractive: false, isQuiet: true) }
}
