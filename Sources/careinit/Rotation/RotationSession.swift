import EnvSchema
import Secrets

/// One call of `careinit rotate-secrets`: decides what is to be done, and has it done. The caller holds the project's lock.
struct RotationSession {
    let project: Project
    let console: Console
    let signals: TerminationSignals
    let timeout: Duration

    private var own: InternalSecretsStore { InternalSecretsStore(project: project) }
    private var store: RotationStore { RotationStore(project: project) }
    private var now: Int64 { RotationTest.now(project) }

    // MARK: - What can be asked for

    /// Gives secrets new values.
    ///
    /// - Parameters:
    ///   - names: Variables.
    ///   - given: Values that somebody else has made, by variable.
    /// - Returns: What came of it.
    /// - Throws: exit code 78 where what runs is not what the `.env` says, 1 where an earlier change is not finished, and what
    ///   the steps throw.
    func rotate(_ names: [String], given: [String: String]) throws -> RotationReport {
        let configuration = try EnvironmentFile.requireValid(project, console: console.silenced)
        var journal = try store.load()
        try requireFree(names, journal)
        let secrets = try RotationChoice.secrets(names, in: configuration.schema)
        let values = try newValues(secrets, configuration, given: given)
        let settings = secrets.filter(\.isSetting)
        try SettingsChange(project: project).require(
            settings.compactMap { secret in
                values[secret.name].map { (secret.name, $0.new) }
            })
        guard project.runtime.isUp else { return try rotateAtRest(secrets, values, configuration) }
        try requireApplied(configuration)
        let items = try items(secrets, configuration, values)
        try store.remember(values)
        journal.current = RotationRun(kind: .rotate, items: items, startedAt: now)
        return try carryOut(journal, isNew: true)
    }

    /// Goes on with what an earlier call could not end.
    func resume() throws -> RotationReport {
        let journal = try store.load()
        if journal.current == nil { try RotationLeftovers(project: project).remove(keeping: journal.names) }
        return try carryOut(journal)
    }

    /// Goes back to the values of before.
    func rollBack() throws -> RotationReport {
        var journal = try store.load()
        if let run = journal.current {
            guard let back = run.reversed(now: now) else { throw noWayBack }
            journal.current = back
            return try carryOut(journal)
        }
        guard !journal.waiting.isEmpty else {
            throw CommandFailure(
                .failure, "There is nothing to take back",
                why: "no change of secrets is under way or waits for its end",
                fix: "careinit rotate-secrets gives new ones")
        }
        journal.current = RotationRun(
            kind: .rollBack, items: journal.waiting.map(\.reversed), startedAt: now)
        journal.waiting = []
        return try carryOut(journal)
    }

    /// Ends old secrets whose time has come; with `released` also those that waited for the operator's word.
    func retireDue(released: Bool, early: Set<String> = []) throws -> RotationReport {
        var journal = try store.load()
        guard journal.current == nil else { throw unfinished }
        let names = journal.retirable(at: now, released: released, early: early)
        journal.beginRetirement(of: names, now: now)
        return try carryOut(journal)
    }

    // MARK: - Doing it

    /// `isNew`: no earlier call, nor a way back, has done anything of it.
    private func carryOut(_ journal: RotationJournal, isNew: Bool = false) throws -> RotationReport {
        guard let run = journal.current else { return RotationReport(nil, journal) }
        let world = StackRotation(
            project: project, console: console, signals: signals, timeout: timeout
        ) { RotationTest.now(project) }
        try SecretsFolder.make(project)
        do {
            let after = try RotationEngine(world).run(journal)
            return RotationReport(run, after)
        } catch let failure as CommandFailure {
            guard isNew, try forgetIfOnlyLooked() else { throw Self.withAdvice(failure) }
            var failure = failure
            failure.what += "; nothing was changed"
            throw failure
        }
    }

    /// A secret that was refused before anything was touched is not a change that could be gone on with.
    private func forgetIfOnlyLooked() throws(CommandFailure) -> Bool {
        var journal = try store.load()
        guard let run = journal.current, run.hasOnlyLooked else { return false }
        journal.current = nil
        try store.save(journal)
        try RotationLeftovers(project: project).remove(keeping: journal.names)
        return true
    }

    private static func withAdvice(_ failure: CommandFailure) -> CommandFailure {
        var failure = failure
        let advice =
            "careinit rotate-secrets --resume goes on, --rollback goes back; until then both secrets are good"
        failure.fix = failure.fix.map { $0.contains("--resume") ? $0 : "\($0); then \(advice)" } ?? advice
        return failure
    }

    /// Nothing runs: only what no data depend on can be changed, and by the `.env` alone.
    private func rotateAtRest(
        _ secrets: [RotatableSecret], _ values: [String: RotationStore.Values], _ configuration: Configuration
    ) throws -> RotationReport {
        let bound = secrets.filter { $0.needsServer(configuration.schema) }
        if !bound.isEmpty, project.runtime.hasData {
            throw CommandFailure(
                .unavailable,
                "The stack does not run: \(bound.map(\.name).joined(separator: ", ")) cannot be changed",
                place: project.environmentFile,
                why: "stored data depend on it, and the servers that keep them are not there",
                fix: "careinit up, then the same command again")
        }
        func changes(_ secrets: [RotatableSecret]) -> [SecretChange] {
            secrets.compactMap { secret in
                values[secret.name].map { SecretChange(name: secret.name, value: $0.new, other: $0.old) }
            }
        }
        try SecretsFolder.make(project)
        try SettingsChange(project: project).apply(changes(secrets.filter(\.isSetting)), now: now)
        let internals = InternalSecretsChange(project: project)
        try internals.apply(changes(secrets.filter(\.isOfStack)), now: now)
        try internals.removeFiles(keeping: [], store)
        if secrets.contains(where: { $0.kind == .serverKey }) {
            try ServerKeyChange(project: project).replace(timeout: timeout, now: now)
        }
        return RotationReport(atRest: secrets.map(\.name))
    }

    // MARK: - What must be so

    private func requireFree(_ names: [String], _ journal: RotationJournal) throws {
        guard journal.current == nil else { throw unfinished }
        let held = journal.waiting.map(\.name).filter(names.contains)
        guard held.isEmpty else {
            throw CommandFailure(
                .failure, "The last change of \(held.joined(separator: ", ")) is not at its end",
                why: "the secret of before is still accepted, and there can only be two",
                fix:
                    "careinit status shows until when; careinit rotate-secrets --retire-now \(held[0]) ends it at once"
            )
        }
    }

    private var unfinished: CommandFailure {
        CommandFailure(
            .failure, "A change of secrets was not finished",
            fix: "careinit rotate-secrets --resume goes on with it, --rollback takes it back")
    }

    private var noWayBack: CommandFailure {
        CommandFailure(
            .failure, "There is no way back any more", why: "an old secret has been ended already",
            fix: "careinit rotate-secrets --resume; then rotate again")
    }

    /// A rotation must not carry out what somebody has begun to change by hand.
    private func requireApplied(_ configuration: Configuration) throws {
        let changes = try StackPreparation.changes(
            configuration: configuration, runtime: project.runtime, project: project)
        guard let changes else { throw StackRotation.notRunning(project) }
        guard changes.isEmpty else {
            let names = changes.touched.union(changes.removed).sorted().joined(separator: ", ")
            throw CommandFailure(
                .configuration, "What runs is not what \(project.environmentFile) says", place: names,
                why: "a rotation would carry out those changes, too",
                fix: "careinit up, then the same command again")
        }
    }

    // MARK: - Values

    private func newValues(
        _ secrets: [RotatableSecret], _ configuration: Configuration, given: [String: String]
    ) throws -> [String: RotationStore.Values] {
        var values: [String: RotationStore.Values] = [:]
        let own = own.stored
        for secret in secrets {
            if secret.kind == .serverKey {
                // Names only: the keys themselves lie in files of their own.
                values[secret.name] = .init(
                    old: try SecretGenerator.hex(bytes: 8), new: try SecretGenerator.hex(bytes: 8))
                continue
            }
            let old = try secret.isOfStack ? Self.present(secret, own) : configuration.optional(secret.name) ?? ""
            let new = try given[secret.name] ?? Self.generate(secret, configuration.schema)
            guard new != old else {
                throw CommandFailure(.invalidData, "\(secret.name) has that value already", place: secret.name)
            }
            values[secret.name] = .init(old: old, new: new)
        }
        return values
    }

    private static func present(
        _ secret: RotatableSecret, _ own: [String: String]
    ) throws(CommandFailure) -> String {
        if let value = own[secret.name] { return value }
        throw CommandFailure(
            .missingInput, "\(secret.name) is not there yet", place: secret.name,
            why: "the stack's first start makes it", fix: "careinit up")
    }

    private static func generate(_ secret: RotatableSecret, _ schema: Schema) throws -> String {
        if case .ofStack(let secret) = secret.kind { return try secret.generate() }
        if let policy = schema[secret.name]?.generation { return try policy.secret() }
        throw CommandFailure(
            .invalidData, "\(secret.name) is made by somebody else", place: secret.name,
            why: "careinit can only be told it",
            fix: "careinit rotate-secrets \(secret.name) --value-file FILE, or - for standard input")
    }

    private func items(
        _ secrets: [RotatableSecret], _ configuration: Configuration, _ values: [String: RotationStore.Values]
    ) throws -> [RotationItem] {
        let record = ReplicatorRecord(project: project, salt: own.salt ?? "")
        let present = try configuration.optional("REPLICATION_PASSWORD") ?? ""
        let stored = own.stored
        return try secrets.map {
            try $0.item(configuration, own: stored, replicator: record.role(of: present))
        }
    }
}

/// The folder of the stack's own secrets.
enum SecretsFolder {
    static func make(_ project: Project) throws(CommandFailure) {
        var tree = FileTree()
        try tree.makeFolder(PlannedFolder(path: project.stateDirectory, mode: 0o711, owner: nil))
        try tree.makeFolder(PlannedFolder(path: "\(project.stateDirectory)/secrets", mode: 0o700, owner: nil))
    }
}
