/// Everything `careinit status` shows, as a value.
struct StackStatus: Sendable {
    struct Row: Sendable {
        var service: ServicePlan
        var generation: Int
        var state: ServiceState?
        var result: ProbeResult

        /// One word for people.
        var word: String {
            guard let state, state.phase != .stopped else { return "stopped" }
            // supervisord calls a program starting for its first second, also one that serves already.
            if state.phase == .starting && result.isHealthy { return "healthy" }
            if state.phase == .running { return result.isHealthy ? "healthy" : "unhealthy" }
            return state.phase.rawValue
        }

        var isHealthy: Bool { word == "healthy" }
    }

    var isUp: Bool
    /// Processes that outlived a killed supervisord.
    var orphanCount = 0
    var generation: Int
    var origin: String
    var rows: [Row]
    var omissions: [Omission]
    var cluster: DatabaseCluster
    /// What the leader's commits wait for.
    var synchronous: ProbeResult
    /// nil where there is none that can be read.
    var certificate: StackCertificate?
    var secrets = SecretStatus()
    /// Unix seconds.
    var now: Int64

    /// A certificate that is due does no harm yet; with one that has ended nobody gets through.
    var isHealthy: Bool {
        isUp && rows.allSatisfy(\.isHealthy) && synchronous.isHealthy
            && certificate?.isInForce(at: now) != false
    }

    /// Looks at everything that was put to work.
    static func read(_ applied: AppliedPlan, project: Project, runtime: any Runtime) throws(CommandFailure) -> Self
    {
        let states = try runtime.states()
        let probe = StackProbe.run(applied.services)
        let rows = applied.entries.map { entry in
            Row(
                service: entry.service, generation: entry.generation, state: states[entry.service.name],
                result: probe.results[entry.service.name] ?? .unhealthy("not asked"))
        }
        let leader = applied.services.first { $0.name == probe.cluster.leader?.name }
        let synchronous = leader.map { SynchronousReplication.check(leader: $0, runtime: runtime) }
        let isUp = runtime.isUp
        let now = Clock.now()
        let nginx = applied.services.first { $0.name == "nginx" && states["nginx"]?.phase == .running }
        return StackStatus(
            isUp: isUp, orphanCount: isUp || runtime.kind != .native ? 0 : Orphans.find(project).processes.count,
            generation: applied.generation, origin: applied.origin, rows: rows,
            omissions: applied.omissions, cluster: probe.cluster,
            synchronous: synchronous ?? .unhealthy("there is no leader"),
            certificate: StackCertificate.read(project: project, nginx: isUp ? nginx : nil, now: now),
            secrets: SecretStatus.read(project, now: RotationTest.now(project)), now: now)
    }
}
