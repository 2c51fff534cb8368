import Secrets

/// What a rotation says of itself.
enum RotationWording {
    /// What is being done, for people.
    static func progress(_ step: RotationStep) -> String {
        switch step {
        case .stage(let name): "\(name): making the new one ready beside the old one"
        case .admit: "services come to accept both"
        case .prove(let name): "\(name): trying the new one"
        case .settle: "the settings get the new ones"
        case .publish: "services come to use the new ones"
        case .drain(let name): "\(name): waiting until nobody uses the old one"
        case .retire(let name): "\(name): the old one ends"
        case .withdraw: "services forget the old ones"
        }
    }

    /// Every step, for `--dry-run`.
    static func plan(_ run: RotationRun) -> [String] {
        let steps = run.steps
        return steps.enumerated().map { index, step in
            "[\(index + 1)/\(steps.count)] \(step.phase.rawValue.padded(to: 7)) \(progress(step))"
        } + run.items.compactMap(later)
    }

    private static func later(_ item: RotationItem) -> String? {
        switch item.retirement {
        case .drained: nil
        case .after(let seconds): "\(item.name): the old one ends by --due, \(StatusTable.age(seconds)) after that"
        case .released: "\(item.name): the old one ends by --due --no-backups-need-it"
        }
    }
}
