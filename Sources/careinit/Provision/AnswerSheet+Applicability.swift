import EnvSchema

/// Why a variable is not asked for.
enum SkipReason: Sendable, Equatable {
    /// It means nothing as another variable stands, such as `TLS_MODE is self-signed`: by the template's word, or since
    /// it goes with one that is empty, such as SMTP_FROM with SMTP_HOST.
    case doesNotApply(because: String)
    /// Data in the database depends on it: only rotating changes it.
    case boundToData
}

extension AnswerSheet {
    /// Nil where the variable should be asked for. What is skipped keeps its proposal.
    func reasonToSkip(_ variable: Variable) -> SkipReason? {
        if variable.bindsData, inputs.holdsData { return .boundToData }
        if let applicability = variable.applicability, !applies(applicability) {
            return .doesNotApply(because: reason(applicability))
        }
        guard value(of: variable.name).isEmpty else { return nil }
        return emptyCompanion(of: variable).map { .doesNotApply(because: "\($0) is empty") }
    }

    /// The variable whose value makes this one mean nothing; nil where it means something.
    func cause(ofSkipping variable: Variable) -> String? {
        if let applicability = variable.applicability, !applies(applicability) { return applicability.variable }
        return value(of: variable.name).isEmpty ? emptyCompanion(of: variable) : nil
    }

    func applies(_ applicability: Variable.Applicability) -> Bool {
        switch applicability {
        case .whenSet(let name): !value(of: name).isEmpty
        case .whenEqual(let name, let value): self.value(of: name) == value
        case .unlessEqual(let name, let value): self.value(of: name) != value
        }
    }

    private func reason(_ applicability: Variable.Applicability) -> String {
        let name = applicability.variable
        let present = value(of: name)
        return present.isEmpty ? "\(name) is empty" : "\(name) is \(present)"
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
