import EnvSchema

/// Why a variable is not asked for.
enum SkipReason: Sendable, Equatable {
    /// It goes with another one that is empty, such as SMTP_FROM with SMTP_HOST.
    case companionIsEmpty(String)
    /// The template says that it only applies with another value of that variable.
    case doesNotApply(because: String)
    /// Data in the database depends on it: only rotating changes it.
    case boundToData
}

extension AnswerSheet {
    /// Nil where the variable should be asked for. What is skipped keeps its proposal.
    func reasonToSkip(_ variable: Variable) -> SkipReason? {
        if variable.bindsData, inputs.holdsData { return .boundToData }
        guard value(of: variable.name).isEmpty else { return nil }
        return emptyCompanion(of: variable).map { .companionIsEmpty($0) }
    }

    /// A variable further up that is empty, so that this one must be empty too by a rule of the template.
    private func emptyCompanion(of variable: Variable) -> String? {
        let before = Set(schema.variables.prefix { $0.name != variable.name }.map(\.name))
        let companions = schema.rules.flatMap { rule -> [String] in
            switch rule.kind {
            case .allOrNone(let names) where names.contains(variable.name): names
            case .requires(variable.name, let other): [other]
            default: []
            }
        }
        return companions.first { before.contains($0) && value(of: $0).isEmpty }
    }
}
