/// Finds a server with the wanted role: hosts are tried in order, the next one as soon as the last one failed or took
/// longer than usual, so that a frozen server costs a moment and not its whole time limit.
///
/// libpq's own list of hosts moves on from a silent one only in its blocking calls, after `connect_timeout`.
struct HostRace {
    private static let headStart = Duration.milliseconds(300)

    private let role: ServerHealth.Role
    private let options: ConnectionOptions
    private let deadline: Deadline
    private var waiting: [String]
    private var attempts: [ConnectionAttempt] = []

    init(for role: ServerHealth.Role, order: [String], options: ConnectionOptions, by deadline: Deadline) {
        self.role = role
        self.options = options
        self.deadline = deadline
        waiting = order.reversed()
    }

    /// A connection to a server that takes writes; or to a standby, or else to whatever server there is. `observe` hears
    /// of each server that was reached, and of each that was not.
    mutating func run(
        observe: (String, ServerHealth.Role?) -> Void
    ) throws(PostgresError) -> PostgresConnection {
        defer { report(to: observe) }
        while !deadline.hasPassed {
            startNext()
            if let winner = attempts.lazy.compactMap(\.connection).first(where: suits) { return winner }
            if waiting.isEmpty, !attempts.contains(where: isWorthWaitingFor) { break }
            let isHurried = !waiting.isEmpty || hasSubstitute
            ConnectionAttempt.advance(
                attempts, until: isHurried ? min(deadline, Deadline(in: Self.headStart)) : deadline)
        }
        if role == .standby, let substitute = attempts.compactMap(\.connection).first { return substitute }
        throw .notConnected(summary)
    }

    private mutating func startNext() {
        let isBusy = attempts.contains { $0.isConnecting && $0.startedAt.duration(to: .now) < Self.headStart }
        guard !isBusy, let host = waiting.popLast() else { return }
        attempts.append(ConnectionAttempt(host: host, options: options, by: deadline))
    }

    private func suits(_ connection: PostgresConnection) -> Bool {
        role == .primary ? connection.takesWrites : connection.role == .standby
    }

    /// The primary, where a standby was wanted.
    private var hasSubstitute: Bool { role == .standby && attempts.contains { $0.connection != nil } }

    private func isWorthWaitingFor(_ attempt: ConnectionAttempt) -> Bool {
        guard attempt.isConnecting else { return false }
        return !hasSubstitute || attempt.startedAt.duration(to: .now) < Self.headStart
    }

    private func report(to observe: (String, ServerHealth.Role?) -> Void) {
        for attempt in attempts where !attempt.isConnecting { observe(attempt.host, attempt.connection?.role) }
    }

    /// Why no server would do, each in its own words.
    private var summary: String {
        let reasons = attempts.map { attempt in
            attempt.failure
                ?? (attempt.isConnecting ? "no answer at \(attempt.host)" : "\(attempt.host) is read-only")
        }
        return reasons.isEmpty ? "no time left" : reasons.joined(separator: "; ")
    }
}
