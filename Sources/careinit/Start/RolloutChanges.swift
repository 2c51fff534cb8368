/// What has to be done to bring what runs to another plan.
struct RolloutChanges: Equatable {
    /// Stopped and forgotten.
    var removed: [String] = []
    var restarted: [String] = []
    var added: [String] = []
    /// Told to read their files again.
    var reloaded: [String] = []

    var isEmpty: Bool { self == RolloutChanges() }
    /// All that run afterwards and are touched.
    var touched: Set<String> { Set(restarted + added + reloaded) }

    init() {}

    /// - Parameters:
    ///   - applied: What runs.
    ///   - services: What shall run.
    ///   - fingerprints: Of what shall run.
    init(from applied: AppliedPlan, to services: [ServicePlan], fingerprints: [String: String]) {
        let old = Dictionary(applied.entries.map { ($0.service.name, $0) }) { first, _ in first }
        for service in services {
            guard let entry = old[service.name] else {
                added.append(service.name)
                continue
            }
            let (before, after) = (entry.fingerprint, fingerprints[service.name] ?? "")
            switch Self.change(of: service, from: .init(before), to: .init(after)) {
            case .none: continue
            case .reload: reloaded.append(service.name)
            case .restart: restarted.append(service.name)
            }
        }
        let names = Set(services.map(\.name))
        removed = applied.services.map(\.name).filter { !names.contains($0) }
    }

    private enum Change { case none, reload, restart }

    private static func change(
        of service: ServicePlan, from before: ServiceFingerprint, to after: ServiceFingerprint
    ) -> Change {
        if before.whole == after.whole { return .none }
        guard before.start == after.start else { return .restart }
        return service.canReload ? .reload : .restart
    }

    /// What is done to a service, for people.
    func verb(_ service: String) -> String {
        if reloaded.contains(service) { return "reading its configuration again" }
        return added.contains(service) ? "starting" : "restarting"
    }
}
