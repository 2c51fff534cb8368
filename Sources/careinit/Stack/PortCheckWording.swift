extension PortCheck.Conflict {
    /// One line for people, such as `nginx cannot listen on 127.0.0.1:8443 (HTTPS_PORT): held by …`.
    var line: String {
        let variable = listener.variable.map { " (\($0))" } ?? ""
        return "\(service) cannot listen on \(listener.address):\(listener.port)\(variable): \(cause.wording)"
    }
}

extension PortCheck.Cause {
    fileprivate var wording: String {
        switch self {
        case .inUse(let process?, let command, let user):
            "held by process \(process) of \(user ?? "an unknown user"): \(command ?? "")"
        case .inUse(nil, _, let user?):
            "held by a process of the user \(user) (only root may see which)"
        case .inUse: "held by another process"
        case .wantedTwice(let other): "\(other) is set to the same port"
        case .privileged: "only root, or who has CAP_NET_BIND_SERVICE, may open it"
        case .noSuchAddress: "this machine has no such address"
        case .other(let reason): reason
        }
    }
}

extension PortCheck {
    /// All conflicts in one failure, for exit code 69.
    static func failure(_ conflicts: [Conflict]) -> CommandFailure? {
        guard !conflicts.isEmpty else { return nil }
        let variables = Set(conflicts.compactMap(\.listener.variable)).sorted()
        let change =
            variables.isEmpty
            ? "choose other ports" : "choose other values of \(variables.joined(separator: ", "))"
        return CommandFailure(
            .unavailable,
            conflicts.count == 1
                ? "A port that the stack needs cannot be had" : "Ports that the stack needs cannot be had",
            why: conflicts.map(\.line).joined(separator: "\n"),
            fix: "stop what holds them, or \(change) in .env. Nothing was started")
    }
}
