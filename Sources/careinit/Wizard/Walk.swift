import EnvSchema

/// Which variables are asked for, in the template's order.
enum Walk: Sendable, Equatable {
    /// What must be answered, and what everybody should have seen.
    case essentials
    /// What an upgrade brought, and what has no usable answer.
    case upgrade(Set<String>)
    /// All of one section.
    case section(String)
    /// One variable, such as from the review.
    case single(String)

    /// Whether the variable belongs to the walk, as the answers stand.
    func includes(_ variable: Variable, in sheet: AnswerSheet) -> Bool {
        switch self {
        case .essentials: sheet.isEssential(variable) || !sheet.isAnswered(variable)
        case .upgrade(let names): names.contains(variable.name) || !sheet.isAnswered(variable)
        case .section(let title): variable.section == title
        case .single(let name): variable.name == name
        }
    }
}

extension AnswerSheet {
    /// Whether a person should have seen it, although there is a default: the profile `local` decides for itself.
    func isEssential(_ variable: Variable) -> Bool {
        if inputs.profile == .local, variable.localValue != nil { return false }
        return switch variable.essential {
        case .no: false
        case .yes: true
        case .when(let condition): applies(condition)
        }
    }

    /// Whether what stands there can be taken without a question.
    func isAnswered(_ variable: Variable) -> Bool {
        guard let value = answer(for: variable)?.value else { return false }
        return value.isEmpty ? !isRequired(variable) : !variable.findings(for: value).hasErrors
    }
}
