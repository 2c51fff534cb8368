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
    var runtime = RuntimeKind.native
}

/// Everything between a checked `.env` and a generation in force. Touches nothing that runs.
///
/// The caller holds the project's lock.
enum StackPreparation {
    static func prepare(
        configuration: Configuration, runtime: any Runtime, project: Project, console: Console
    ) throws(CommandFailure) -> PreparedStack {
        let host = try host(runtime.kind, project)
        if runtime.kind == .native {
            try PrivilegedPorts.require(
                try settings(configuration), isRoot: host.isRoot, from: host.unprivilegedPortStart)
            try ServiceAccounts.ensure(host, console: console)
        }
        var planner = try planner(configuration, runtime: runtime, host: host, project: project)
        switch runtime.kind {
        case .native: try copyCarenotes(host)
        case .compose: try addImages(to: &planner, mustExist: true)
        }
        return try install(planner, runtime.kind)
    }

    /// What `up` would change in what runs; nothing is written.
    ///
    /// - Returns: nil where nothing was ever started.
    /// - Throws: as `prepare`.
    static func changes(
        configuration: Configuration, runtime: any Runtime, project: Project
    ) throws(CommandFailure) -> RolloutChanges? {
        guard let applied = AppliedPlan.load(project) else { return nil }
        let host = try host(runtime.kind, project)
        var planner = try planner(configuration, runtime: runtime, host: host, project: project)
        if runtime.kind == .compose { try addImages(to: &planner, mustExist: true) }
        let plan = try plan(planner, generation: 0)
        return RolloutChanges(from: applied, to: plan.services, fingerprints: plan.fingerprints())
    }

    /// The plan of files that are only rendered, into a folder of their own.
    ///
    /// - Parameters:
    ///   - configuration: A checked `.env`.
    ///   - kind: What would carry it out.
    ///   - project: Whose secrets and certificate it uses.
    ///   - output: The folder as the files name it: absolute natively, and `.` for what lies beside a Compose file.
    /// - Returns: The plan, of generation 0, and what made it.
    /// - Throws: as `prepare`, but for programs and images that are not there yet.
    static func render(
        configuration: Configuration, kind: RuntimeKind, project: Project, output: String
    ) throws(CommandFailure) -> (plan: StackPlan, planner: StackPlanner) {
        let host = kind == .native ? try HostFacts.discover(project: project) : .images(hasGrafana: true)
        var planner = try planner(configuration, runtime: kind.runtime(project), host: host, project: project)
        planner.output = output
        if kind == .compose { try addImages(to: &planner, mustExist: false) }
        return (try plan(planner, generation: 0), planner)
    }

    private static func host(_ kind: RuntimeKind, _ project: Project) throws(CommandFailure) -> HostFacts {
        guard kind == .compose else { return try HostFacts.discover(project: project) }
        try requireRoot()
        try Docker.require()
        return .images(hasGrafana: ImageStore.identifier(of: StackImage.grafana.reference) != nil)
    }

    /// - Throws: exit code 77 for anybody but root.
    static func requireRoot() throws(CommandFailure) {
        guard !HostFacts.isRoot else { return }
        throw CommandFailure(
            .notPermitted, "Only root can give each container its own secrets",
            why: "a secret is a file that only the user in its container may read, and that user is nobody here",
            fix: "sudo careinit …, or --runtime native")
    }

    private static func planner(
        _ configuration: Configuration, runtime: any Runtime, host: HostFacts, project: Project
    ) throws(CommandFailure) -> StackPlanner {
        let plain = try settings(configuration)
        let deployment: Deployment =
            runtime.kind == .native ? .native : .compose(ContainerNetwork(holding: plain.containerNetwork))
        let settings = deployment.applied(to: plain)
        let now = Clock.now()
        let certificate = try ServerCertificateReader(settings: settings, folder: project.directory, now: now)
            .read()
        try makeSecretsFolder(project)
        let hasData = runtime.hasData
        let own = InternalSecretsStore(
            project: project, hasData: hasData, etcdAddress: deployment.network?.address("etcd"))
        let stored = try own.ensure(now: now)
        let salt = own.salt ?? ""
        let rotation = RotationStore(project: project)
        let rotating = try rotation.load()
        try DataBinding.require(
            binding(configuration, salt: salt), project: project, hasData: hasData,
            rotating: rotation.allowed(rotating, configuration))
        let overlap = try rotation.overlap(salt: salt) { stored[$0] ?? (try? configuration.optional($0)) }
        let secrets = try own.load(now: now, trusting: overlap.etcdAuthorities)
        return StackPlanner(
            settings: settings, project: project, host: host, generation: 0, secrets: secrets,
            verifiers: try verifiers(secrets, settings), certificate: certificate,
            replicaEnvironment: try replicaEnvironment(configuration, deployment.replicaVariables(settings)),
            overlap: overlap, templates: TemplateLibrary(folder: TemplateSource.folder), deployment: deployment)
    }

    /// Which image each service runs; what is not built yet is one failure.
    private static func addImages(to planner: inout StackPlanner, mustExist: Bool) throws(CommandFailure) {
        let catalog: ImageCatalog
        let carenotes = try CarenotesProgram.read()
        do { catalog = try ImageCatalog(carenotes: carenotes, templates: planner.templates) } catch {
            throw error.failure
        }
        planner.images = catalog.references(ContainerNetwork.services)
        guard mustExist else { return }
        let present = Parallel.map(Set(planner.images.values).sorted()) { ($0, ImageStore.identifier(of: $0)) }
        let identifiers = Dictionary(uniqueKeysWithValues: present)
        for (service, image) in planner.images { planner.imageIdentifiers[service] = identifiers[image] ?? nil }
        let missing = present.filter { $0.1 == nil && $0.0 != StackImage.grafana.reference }.map(\.0)
        guard missing.isEmpty else {
            throw CommandFailure(
                .missingInput, "Images are not built: \(missing.joined(separator: ", "))",
                why: "they hold this careinit's choice of Debian's packages, and this carenotes",
                fix: "careinit images build")
        }
    }

    // MARK: - The generation

    /// Writes, checks and puts in force what the planner makes; a generation that holds the same stays.
    private static func install(_ planner: StackPlanner, _ runtime: RuntimeKind) throws(CommandFailure)
        -> PreparedStack
    {
        let store = GenerationStore(project: planner.project)
        let fingerprints = try plan(planner, generation: 0).fingerprints()
        func prepared(_ plan: StackPlan, isNew: Bool) -> PreparedStack {
            PreparedStack(
                plan: plan, settings: planner.settings, host: planner.host,
                generationFolder: store.path(plan.generation), isNewGeneration: isNew,
                fingerprints: fingerprints, runtime: runtime)
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
        try AuditLog(planner.project).append(
            action: .generationActivated, file: planner.project.environmentFile, generation: plan.generation)
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

    private static func replicaEnvironment(
        _ configuration: Configuration, _ replacing: [String: String]
    ) throws(CommandFailure) -> [UInt8] {
        do { return try ReplicaEnvironment.render(configuration, replacing: replacing) } catch {
            throw disagreement(error)
        }
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
