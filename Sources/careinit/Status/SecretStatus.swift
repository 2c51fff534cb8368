import Secrets

/// What `careinit status` says of the secrets: which have become old, which old ones are still accepted, and what was not
/// finished. Holds no value.
struct SecretStatus: Sendable, Equatable {
    struct Age: Sendable, Equatable {
        var name: String
        /// Whole days since it got its value.
        var days: Int64
        /// Whether somebody else makes it, so that careinit has to be told.
        var isGiven = false
    }

    /// After so many days a secret is worth changing.
    var policyDays = SecretPolicy.standardDays
    /// Of each secret whose age is known, the oldest first.
    var ages: [Age] = []
    /// Old secrets that are accepted beside the present ones.
    var waiting: [RotationReport.Waiting] = []
    /// Those that wait for nothing but `rotate-secrets --due`.
    var due: [String] = []
    /// Secrets whose change was begun and not ended.
    var unfinished: [String] = []

    /// nginx' key is as old as its certificate, whose end is told by itself.
    var overdue: [Age] { ages.filter { $0.days > policyDays && $0.name != RotatableSecret.serverKey } }

    static func read(_ project: Project, now: Int64) -> SecretStatus {
        let journal = (try? RotationStore(project: project).load()) ?? RotationJournal()
        let given = givenNames
        let ages = SecretAges(project: project).load().map {
            Age(name: $0.key, days: (now - $0.value) / 86_400, isGiven: given.contains($0.key))
        }
        let document = try? EnvironmentFile.load(project.environmentFile).document
        return SecretStatus(
            policyDays: SecretPolicy.days(document), ages: ages.sorted { ($1.days, $0.name) < ($0.days, $1.name) },
            waiting: journal.waiting.map(RotationReport.Waiting.init), due: journal.due(at: now).map(\.name),
            unfinished: journal.current?.items.map(\.name) ?? [])
    }

    private static var givenNames: Set<String> {
        guard let schema = try? TemplateSource.environment().schema else { return [] }
        return Set(RotatableSecret.all(in: schema).filter { $0.kind == .given }.map(\.name))
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
        let made = overdue.filter { !$0.isGiven }
        if let oldest = made.first {
            let others = made.count > 1 ? " and \(made.count - 1) more" : ""
            lines.append(
                "\(oldest.name) is \(oldest.days) days old\(others): careinit rotate-secrets --older-than \(policyDays)d"
            )
        }
        return lines
            + overdue.filter(\.isGiven).map {
                "\($0.name) is \($0.days) days old: careinit rotate-secrets \($0.name) --value-file FILE"
            }
    }
}
