/// Brings a running stack to another plan, one service at a time, and leaves alone what stays the same.
struct Rollout {
    let prepared: PreparedStack
    let applied: AppliedPlan
    let project: Project
    let runtime: any Runtime

    private var services: [ServicePlan] { prepared.plan.services }

    /// - Throws: exit code 69 where a service does not come back; those after it then still run as before.
    func carryOut(_ wait: inout HealthWait, console: Console) throws(CommandFailure) {
        let changes = RolloutChanges(from: applied, to: services, fingerprints: prepared.fingerprints)
        var state = prepared.applied
        state.entries = applied.entries
        try requirePorts(changes)
        func say(_ line: String) { if !console.isQuiet { console.note(line) } }
        say(changes.isEmpty ? "It runs already; nothing has changed." : "Changing what runs …")
        try remove(changes.removed, &state)
        for service in ordered(changes) {
            say("  \(service.name): \(changes.verb(service.name))")
            try apply(service, changes, &state, &wait)
        }
        try state.save(project)
        // Services that somebody stopped by hand start again.
        try runtime.start(services)
    }

    // MARK: - Steps

    private func apply(
        _ service: ServicePlan, _ changes: RolloutChanges, _ state: inout AppliedPlan, _ wait: inout HealthWait
    ) throws(CommandFailure) {
        let isRestart = changes.restarted.contains(service.name)
        if isRestart { try requireSafety(of: service) }
        state.entries.removeAll { $0.service.name == service.name }
        state.entries.append(prepared.entry(service))
        if changes.reloaded.contains(service.name) {
            try reload(service, wait.signals)
        } else {
            if isRestart { try runtime.stop([service]) }
            try runtime.replace([service], all: state.services)
            try runtime.start([service])
        }
        try state.save(project)
        guard try wait.wait(for: group(of: service)) else {
            let report = try StartFailure(
                services: [service], probe: wait.probe, runtime: runtime, project: project)
            throw report.failure(healthyCount: 0)
        }
        if service.name == StackPlanner.coordinator {
            let members = applied.services.filter(\.isDatabaseMember)
            try CoordinationWait.wait(for: members, since: Clock.now(), signals: wait.signals)
        }
    }

    private func reload(_ service: ServicePlan, _ signals: TerminationSignals) throws(CommandFailure) {
        if let file = service.usersFile {
            // The administrator's password is the one that Redis was given before.
            let running = applied.services.first { $0.name == service.name } ?? service
            try RedisAccess(running).apply(usersFile: file)
        }
        try runtime.reload(service)
        if service.isReplica {
            try ReplicaReload.wait(for: service, generation: prepared.plan.generation, signals: signals)
        }
    }

    private func remove(_ names: [String], _ state: inout AppliedPlan) throws(CommandFailure) {
        let removed = state.services.filter { names.contains($0.name) }
        guard !removed.isEmpty else { return }
        try runtime.stop(removed)
        state.entries.removeAll { names.contains($0.service.name) }
        try runtime.forget(removed, all: state.services)
        try state.save(project)
    }

    /// A member is stopped only while the other two stream: else notes could not be written.
    private func requireSafety(of service: ServicePlan) throws(CommandFailure) {
        guard service.isDatabaseMember else { return }
        let cluster = StackProbe.run(services.filter(\.isDatabaseMember)).cluster
        guard cluster.leader == nil || cluster.streamingCount < 2 else { return }
        throw CommandFailure(
            .unavailable, "\(service.name) is not restarted: the other members are not ready to do without it",
            why: cluster.members.compactMap { cluster.result($0.name).reason }.joined(separator: "; "),
            fix: "wait until careinit status shows a leader and two replicas, then careinit up")
    }

    private func requirePorts(_ changes: RolloutChanges) throws(CommandFailure) {
        let touched = services.filter { changes.touched.contains($0.name) }
        let own = Set(applied.services.flatMap(\.listeners).map(\.endpoint))
        if let conflict = PortCheck.failure(PortCheck.conflicts(in: touched, ignoring: own)) { throw conflict }
    }

    // MARK: - Order

    /// Replicas of the database before their leader, whose restart moves the lead.
    private func ordered(_ changes: RolloutChanges) -> [ServicePlan] {
        let touched = services.filter { changes.touched.contains($0.name) }
        let members = touched.filter(\.isDatabaseMember)
        guard !members.isEmpty else { return touched }
        let leader = StackProbe.run(applied.services.filter(\.isDatabaseMember)).cluster.leader?.name
        return touched.filter { $0.priority < StartOrder.database } + members.filter { $0.name != leader }
            + members.filter { $0.name == leader } + touched.filter { $0.priority > StartOrder.database }
    }

    /// A member is well only as part of its cluster.
    private func group(of service: ServicePlan) -> [ServicePlan] {
        service.isDatabaseMember ? services.filter(\.isDatabaseMember) : [service]
    }
}
