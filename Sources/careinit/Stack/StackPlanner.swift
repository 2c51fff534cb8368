/// Makes the plan of a stack out of what the `.env`, the machine and the state folder say. Pure: the same values give
/// the same plan, byte for byte.
struct StackPlanner: Sendable {
    var settings: StackSettings
    var project: Project
    var host: HostFacts
    var generation: Int
    var secrets: InternalSecrets
    var verifiers: RoleVerifiers
    var certificate: ServerCertificate
    /// The `.env` of a carenotes replica: the part of this one that carenotes reads.
    var replicaEnvironment: [UInt8]
    /// What is accepted beside the `.env` while secrets are being changed.
    var overlap = SecretOverlap()
    var templates = TemplateLibrary()
    var deployment = Deployment.native
    /// Where the files go that are only rendered; nil: to a generation of the project.
    var output: String?
    /// The image of each service that runs in a container, and what Docker calls its contents.
    var images: [String: String] = [:]
    var imageIdentifiers: [String: String] = [:]

    /// How many replicas of carenotes run.
    static let replicaCount = 3

    /// The whole plan.
    ///
    /// - Throws: `TemplateFault` where a template and its values do not fit, also where a folder's name cannot be
    ///   written in one of the configurations.
    func plan() throws(TemplateFault) -> StackPlan {
        var parts: [PlanPart] = [try etcd(), try redis()]
        parts += [try postgres(), carenotes(), try nginx()]
        parts += [try prometheus(), try alertmanager(), exporters(), redisExporter(), try grafana()]
        var plan = StackPlan(
            generation: generation, services: [], folders: stateFolders, files: [], checks: [], omissions: [])
        for part in parts {
            plan.services += part.services
            plan.folders += part.folders
            plan.files += part.files
            plan.checks += part.checks
            plan.omissions += part.omissions
        }
        plan.services.sort { $0.priority < $1.priority }
        return try carried(plan)
    }

    /// The plan as its runtime carries it out. What that cannot be told is refused here, before anything is written.
    private func carried(_ plan: StackPlan) throws(TemplateFault) -> StackPlan {
        var plan = plan
        switch deployment {
        case .native:
            _ = try SupervisorConfiguration(project: project, isRoot: host.isRoot, templates: templates)
                .render(plan.services)
        case .compose(let network):
            let planner = ContainerPlanner(planner: self, network: network)
            for index in plan.services.indices {
                plan.services[index].container = planner.container(plan.services[index])
            }
            // The others are volumes, or gone with their container.
            plan.folders.removeAll {
                !$0.path.hasPrefix("\(project.stateDirectory)/") && $0.path != project.stateDirectory
            }
            _ = try ComposeFile(project: project, templates: templates).render(plan.services)
        }
        return plan
    }

    /// The folders that belong to careinit itself; every service may pass through them.
    private var stateFolders: [PlannedFolder] {
        let state = project.stateDirectory
        let shared = [state, "\(state)/generations", "\(state)/data", "\(state)/run", "\(state)/logs"]
        return shared.map { PlannedFolder(path: $0, mode: 0o711, owner: nil) }
    }
}

extension PlannedFile {
    /// The same file, all of which its service takes while it runs.
    var takenWhileRunning: PlannedFile {
        var file = self
        file.startContents = []
        return file
    }

    /// The same file, of which a service that runs is not told.
    var untold: PlannedFile {
        var file = self
        file.isForLater = true
        return file
    }
}

/// What one service brings to the plan.
struct PlanPart {
    var services: [ServicePlan] = []
    var folders: [PlannedFolder] = []
    var files: [PlannedFile] = []
    var checks: [ConfigurationCheck] = []
    var omissions: [Omission] = []
}

// MARK: - Parts

extension StackPlanner {
    /// A folder that only the service's user may enter.
    func privateFolder(_ path: String, _ user: ServiceUser) -> PlannedFolder {
        PlannedFolder(path: path, mode: 0o700, owner: owner(user))
    }

    func file(
        _ path: String, _ contents: [UInt8], _ user: ServiceUser, secret: Bool = false
    ) -> PlannedFile {
        PlannedFile(path: path, contents: contents, mode: 0o600, owner: owner(user), holdsSecret: secret)
    }

    /// A template rendered to a file of this generation.
    func file(
        _ path: String, template: String, _ values: TemplateScope, _ user: ServiceUser, secret: Bool = false
    ) throws(TemplateFault) -> PlannedFile {
        file(path, try templates.render(template, values), user, secret: secret)
    }

    /// A file of this generation that is a template without places.
    func copy(_ path: String, of template: String, _ user: ServiceUser) throws(TemplateFault) -> PlannedFile {
        file(path, try templates.bytes(template), user)
    }

    /// A service with what all of them share.
    func service(
        _ name: String, title: String, _ user: ServiceUser, command: [String], priority: Int,
        listeners: [Listener],
        health: HealthCheck
    ) -> ServicePlan {
        ServicePlan(
            name: name, title: title, command: command, user: deployment == .native ? host.owner(user) : nil,
            environment: environment, directory: "/",
            priority: priority, logFile: log(name), listeners: listeners, health: health)
    }

    private var environment: [String: String] {
        var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"]
        if deployment == .native { variables[Orphans.mark] = project.stateDirectory }
        return variables
    }
}

/// The order in which services start; they stop in reverse.
enum StartOrder {
    /// Before all others: Patroni sleeps five seconds each time it misses etcd.
    static let coordination = 5
    static let stores = 10
    static let database = 20
    static let application = 30
    static let web = 40
    static let monitoring = 50
}
