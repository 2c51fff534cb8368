import Secrets

/// What came of a rotation: `careinit rotate-secrets --json`, version 1 of the document. Holds no value.
struct RotationReport: Encodable, Equatable {
    var schema = 1
    var command = "rotate-secrets"
    var outcome: Outcome
    /// Variables that have new values, or whose old value ended.
    var secrets: [String]
    var waiting: [Waiting]

    enum Outcome: String, Encodable, Equatable {
        case rotated
        case rolledBack = "rolled-back"
        case retired
        /// Only `.env` was changed: nothing ran.
        case settings
        case nothing
        case planned
    }

    struct Waiting: Encodable, Equatable, Sendable {
        var secret: String
        /// RFC 3339; absent where it waits for something other than time.
        var retireAt: String?
        var reason: String
    }

    init(_ run: RotationRun?, _ journal: RotationJournal) {
        outcome =
            switch run?.kind {
            case .rotate: .rotated
            case .rollBack: .rolledBack
            case .retire: .retired
            case nil: .nothing
            }
        secrets = run?.items.map(\.name) ?? []
        waiting = journal.waiting.map(Waiting.init)
    }

    init(atRest names: [String]) { (outcome, secrets, waiting) = (.settings, names, []) }
    init(planned names: [String]) { (outcome, secrets, waiting) = (.planned, names, []) }

    func json() throws -> String { try JSONText.encode(self) }

    var lines: [String] {
        let list = secrets.joined(separator: ", ")
        let first =
            switch outcome {
            case .rotated: "New and in use: \(list)."
            case .rolledBack: "As before, and in use: \(list)."
            case .retired: "The old one ended: \(list)."
            case .settings: "New in the settings: \(list). Nothing runs; careinit up starts with it."
            case .nothing: "There is nothing to do."
            case .planned: "Nothing was changed."
            }
        return [first] + waiting.map(\.text)
    }
}

extension RotationReport.Waiting {
    init(_ item: RotationItem) {
        secret = item.name
        retireAt = item.retireAt.map(Clock.text)
        reason =
            switch item.retirement {
            case .drained: "until nobody uses it"
            case .after: "what was made with it is good until then"
            case .released: "a kept backup may need it"
            }
    }

    var text: String {
        if let retireAt {
            return
                "\(secret): the one before is accepted until \(retireAt); then careinit rotate-secrets --due ends it."
        }
        return
            "\(secret): the one before is kept, since \(reason); careinit rotate-secrets --due --no-backups-need-it ends it."
    }
}
