import EnvSchema

/// Everything once more before it is written.
extension WizardEngine {
    mutating func review() -> [WizardAction] {
        haste = .none
        openSection = nil
        let document = sheet.document()
        let review = Review(
            sections: sheet.reviewSections(), findings: sheet.findings().filter { $0.severity == .error },
            changes: sheet.inputs.existing.map { sheet.reviewChanges(from: $0, to: document) },
            warnings: sheet.acceptedFailures)
        return [.show(.review(review))] + ask(.review)
    }

    /// The first variable that must be answered otherwise before anything can be written.
    var firstWrong: String? { sheet.findings().first { $0.severity == .error && $0.variable != nil }?.variable }

    mutating func takeReview(_ text: String?) -> [WizardAction] {
        let word = text?.trimmed ?? ""
        switch word.lowercased() {
        case "", "y", "yes":
            if sheet.findings().hasErrors { return firstWrong.map { edit($0) } ?? review() }
            phase = .writing
            return [.write]
        case "n", "no", ":quit", ":q": return leave(.quit)
        case ":back", ":b": return goBack() ?? [.show(.cannotGoBack)] + review()
        case ":sections": return showSections(then: .review)
        case "?", ":help", ":h": return [.show(.explanation(.review))] + ask(.review)
        default: return edit(word.uppercased())
        }
    }

    /// Asks once more for the variable of that name, then shows the review again.
    private mutating func edit(_ name: String) -> [WizardAction] {
        guard let variable = variables.first(where: { $0.name == name }) else {
            let suggestion = Suggestion.nearest(to: name, among: variables.map(\.name))
            return [.show(.unknownName(name, suggestion: suggestion))] + ask(.review)
        }
        if let reason = sheet.reasonToSkip(variable), sheet.value(of: name).isEmpty || reason == .boundToData {
            return [.show(.skipped([name], reason))] + ask(.review)
        }
        return descend(into: .single(name), thenTo: .review)
    }
}
