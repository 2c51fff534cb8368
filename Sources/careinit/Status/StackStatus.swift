import Certs

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
    /// Unix seconds; nil where the served certificate cannot be read.
    var certificateEnd: Int64?
    /// Unix seconds.
    var now: Int64

    var isHealthy: Bool { isUp && rows.allSatisfy(\.isHealthy) && synchronous.isHealthy }

    /// Days until the certificate ends, rounded down; negative once it has.
    var certificateDays: Int64? { certificateEnd.map { ($0 - now) >= 0 ? ($0 - now) / 86_400 : -1 } }

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
        return StackStatus(
            isUp: isUp, orphanCount: isUp ? 0 : Orphans.find(project).processes.count,
            generation: applied.generation, origin: applied.origin, rows: rows,
            omissions: applied.omissions, cluster: probe.cluster,
            synchronous: synchronous ?? .unhealthy("there is no leader"),
            certificateEnd: certificateEnd(project), now: Clock.now())
    }

    private static func certificateEnd(_ project: Project) -> Int64? {
        let folder = "\(project.stateDirectory)/generations/current/nginx"
        guard let chain = FileSystem.read("\(folder)/fullchain.pem"),
            let key = FileSystem.read("\(folder)/privkey.pem")
        else { return nil }
        return CertificateInspection.inspect(certificatePEM: chain, keyPEM: key, host: "", now: Clock.now())
            .notAfter
    }
}
