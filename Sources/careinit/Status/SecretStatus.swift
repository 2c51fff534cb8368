import Secrets

/// What `careinit status` says of the secrets: which have become old, which old ones are still accepted, and what was not
/// finished. Holds no value.
struct SecretStatus: Sendable, Equatable {
    /// After so many days a secret is worth changing.
    static let policyDays: Int64 = 90

    struct Age: Sendable, Equatable {
        var name: String
        /// Whole days since it got its value.
        var days: Int64
    }

    /// Of each secret whose age is known, the oldest first.
    var ages: [Age] = []
    /// Old secrets that are accepted beside the present ones.
    var waiting: [RotationReport.Waiting] = []
    /// Those that wait for nothing but `rotate-secrets --due`.
    var due: [String] = []
    /// Secrets whose change was begun and not ended.
    var unfinished: [String] = []

    var overdue: [Age] { ages.filter { $0.days > Self.policyDays } }

    static func read(_ project: Project, now: Int64) -> SecretStatus {
        let journal = (try? RotationStore(project: project).load()) ?? RotationJournal()
        let ages = SecretAges(project: project).load().map { Age(name: $0.key, days: (now - $0.value) / 86_400) }
        return SecretStatus(
            ages: ages.sorted { ($1.days, $0.name) < ($0.days, $1.name) },
            waiting: journal.waiting.map(RotationReport.Waiting.init), due: journal.due(at: now).map(\.name),
            unfinished: journal.current?.items.map(\.name) ?? [])
    }

    /// For the table; empty where there is nothing to say.
    var lines: [String] {
        var lines: [String] = []
        if !unfinished.isEmpty {
            lines.append(
                "a change of \(unfinished.joined(separator: ", ")) is not finished: careinit rotate-secrets --resume"
            )
        }
        lines += waiting.map(\.text)
        if !due.isEmpty { lines.append("\(due.joined(separator: ", ")): due now: careinit rotate-secrets --due") }
        if let oldest = overdue.first {
            let others = overdue.count > 1 ? " and \(overdue.count - 1) more" : ""
            lines.append(
                "\(oldest.name) is \(oldest.days) days old\(others): careinit rotate-secrets --older-than \(Self.policyDays)d"
            )
        }
        return lines
    }
}
