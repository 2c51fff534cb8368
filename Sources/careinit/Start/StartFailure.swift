import Secrets

/// Says which services did not come up, and why.
struct StartFailure {
    var services: [ServicePlan]
    var probe: StackProbe?
    var states: [String: ServiceState]
    /// Reads the end of a service's log.
    var logEnd: (ServicePlan) -> [String]
    var redactor: Redactor

    init(
        services: [ServicePlan], probe: StackProbe?, runtime: any Runtime, project: Project
    ) throws(CommandFailure) {
        redactor = KnownSecrets.redactor(of: project)
        (self.services, self.probe, states) = (services, probe, try runtime.states())
        logEnd = { runtime.logEnd($0, lines: 8) }
    }

    /// One failure that names every service, with what was seen, the cause where it is known and the end of its log.
    func failure(healthyCount: Int) -> CommandFailure {
        let names = services.map(\.name)
        let rest = healthyCount == 0 ? "" : "; the other \(healthyCount) are healthy and go on running"
        return CommandFailure(
            .unavailable, "Not healthy: \(names.joined(separator: ", "))\(rest)",
            why: services.map(describe).joined(separator: "\n  "),
            fix: "careinit logs \(names.joined(separator: " ")), then careinit up")
    }

    private func describe(_ service: ServicePlan) -> String {
        let lines = logEnd(service).map(redactor.redact)
        let state = states[service.name]
        var seen = [probe?.results[service.name]?.reason].compactMap(\.self)
        if let end = state?.lastEnd { seen.append("it ended: \(end)") }
        if let trouble = state?.trouble, !trouble.isEmpty { seen.append(trouble) }
        var text = "\(service.name): \(seen.isEmpty ? "not healthy" : seen.joined(separator: "; "))"
        if let cause = KnownCause.find(in: lines) { text += "\n    Cause: \(cause)" }
        text += "\n    The end of \(service.logFile):"
        return ([text] + (lines.isEmpty ? ["(empty)"] : lines).map { "      \($0.prefix(160))" }).joined(
            separator: "\n")
    }
}
