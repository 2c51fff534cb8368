import EnvSchema
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// A stack whose generation is written, checked and in force, ready for a runtime.
struct PreparedStack: Sendable {
    var plan: StackPlan
    var settings: StackSettings
    var host: HostFacts
    /// The folder of the plan's generation.
    var generationFolder: String
    /// Whether the files differ from those that were in force before.
    var isNewGeneration: Bool
    /// Of each service, whatever the generation's number: what differs must be restarted.
    var fingerprints: [String: String]
}

/// Everything between a checked `.env` and a generation in force. Touches nothing that runs.
///
/// The caller holds the project's lock.
enum StackPreparation {
    static func prepare(
        configuration: Configuration, project: Project, console: Console
    ) throws(CommandFailure) -> PreparedStack {
        let settings = try self.settings(configuration)
        let host = try HostFacts.discover(project: project)
        try PrivilegedPorts.require(settings, isRoot: host.isRoot, from: host.unprivilegedPortStart)
        try ServiceAccounts.ensure(host, console: console)
        let now = Clock.now()
        let certificate = try ServerCertificateReader(settings: settings, folder: project.directory, now: now)
            .read()
        try makeSecretsFolder(project)
        let secrets = try InternalSecretsStore(project: project).load(now: now)
        try DataBinding.require(binding(configuration, salt: secrets.salt), project: project)
        try copyCarenotes(host)
        let planner = StackPlanner(
            settings: settings, project: project, host: host, generation: 0, secrets: secrets,
            verifiers: try verifiers(secrets, settings), certificate: certificate,
            replicaEnvironment: try replicaEnvironment(configuration),
            templates: TemplateLibrary(folder: TemplateSource.folder))
        return try install(planner)
    }

    // MARK: - The generation

    /// Writes, checks and puts in force what the planner makes; a generation that holds the same stays.
    private static func install(_ planner: StackPlanner) throws(CommandFailure) -> PreparedStack {
        let store = GenerationStore(project: planner.project)
        let fingerprints = try plan(planner, generation: 0).fingerprints()
        func prepared(_ plan: StackPlan, isNew: Bool) -> PreparedStack {
            PreparedStack(
                plan: plan, settings: planner.settings, host: planner.host,
                generationFolder: store.path(plan.generation), isNewGeneration: isNew,
                fingerprints: fingerprints)
        }
        if let current = store.current {
            let same = try plan(planner, generation: current)
            if store.holds(same) {
                try makeFolders(of: same)
                return prepared(same, isNew: false)
            }
        }
        let plan = try plan(planner, generation: store.next)
        try makeFolders(of: plan)
        try store.write(plan.files, as: plan.generation)
        do {
            try ConfigurationChecks(plan: plan, generationFolder: store.path(plan.generation)).run()
        } catch {
            store.discard(plan.generation)
            throw error
        }
        try store.activate(
            plan.generation, keeping: AppliedPlan.load(planner.project)?.generationsInUse ?? [])
        return prepared(plan, isNew: true)
    }

    private static func plan(_ planner: StackPlanner, generation: Int) throws(CommandFailure) -> StackPlan {
        var planner = planner
        planner.generation = generation
        do { return try planner.plan() } catch { throw error.failure }
    }

    private static func makeFolders(of plan: StackPlan) throws(CommandFailure) {
        var tree = FileTree()
        for folder in plan.folders { try tree.makeFolder(folder) }
    }

    private static func makeSecretsFolder(_ project: Project) throws(CommandFailure) {
        var tree = FileTree()
        try tree.makeFolder(PlannedFolder(path: project.stateDirectory, mode: 0o711, owner: nil))
        try tree.makeFolder(PlannedFolder(path: "\(project.stateDirectory)/secrets", mode: 0o700, owner: nil))
    }

    // MARK: - What the planner is given

    static func settings(_ configuration: Configuration) throws(CommandFailure) -> StackSettings {
        do { return try StackSettings(configuration) } catch { throw disagreement(error) }
    }

    private static func replicaEnvironment(_ configuration: Configuration) throws(CommandFailure) -> [UInt8] {
        do { return try ReplicaEnvironment.render(configuration) } catch { throw disagreement(error) }
    }

    private static func disagreement(_ error: ConfigurationError) -> CommandFailure {
        CommandFailure(
            .invalidData, "The template does not fit this careinit",
            why: "\(error.variable ?? "a variable"): \(error.code.rawValue)",
            fix: "unset CAREINIT_TEMPLATES to use the template that careinit brings along")
    }

    private static func verifiers(
        _ secrets: InternalSecrets, _ settings: StackSettings
    ) throws(CommandFailure) -> RoleVerifiers {
        do { return try RoleVerifiers(secrets: secrets, login: settings.database.password) } catch {
            throw CommandFailure(
                .invalidData, "DB_PASSWORD cannot be given to PostgreSQL", why: "\(error)",
                fix: "use printable ASCII characters only")
        }
    }

    /// What the data are made with: the variables that say so, and the names in the database.
    private static func binding(_ configuration: Configuration, salt: String) -> DataBinding {
        let names = configuration.schema.variables.filter(\.bindsData).map(\.name) + ["DB_NAME", "DB_USERNAME"]
        var values: [String: String] = [:]
        for name in names { values[name] = try? configuration.optional(name) }
        return DataBinding(values: values, salt: salt)
    }

    // MARK: - What may stand in the way

    /// Puts a copy of carenotes where the services' users can run it, if they cannot reach the original.
    private static func copyCarenotes(_ host: HostFacts) throws(CommandFailure) {
        guard host.carenotes.hasSuffix("/bin/carenotes"), host.carenotes != host.carenotesSource,
            FileSystem.realPath(host.carenotesSource) != host.carenotes,
            let program = FileSystem.read(host.carenotesSource, limit: 1 << 30)
        else { return }
        if FileSystem.read(host.carenotes, limit: 1 << 30) == program { return }
        var tree = FileTree()
        try tree.makeFolder(PlannedFolder(path: host.carenotes.parentPath, mode: 0o755, owner: nil))
        do throws(FileError) { try AtomicFile.write(program, to: host.carenotes, mode: 0o755) } catch {
            throw CommandFailure(.cannotCreate, "carenotes cannot be copied", place: error.path, why: error.reason)
        }
    }
}
