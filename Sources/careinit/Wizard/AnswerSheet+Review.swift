import EnvSchema

extension AnswerSheet {
    /// Every answer by section, secrets masked; not what means nothing as the others stand.
    func reviewSections() -> [ReviewSection] {
        let document = document()
        let changed = Set(inputs.existing == nil ? [] : changes(in: document))
        return schema.sections.compactMap { section in
            let lines = section.variables.filter { cause(ofSkipping: $0) == nil }.map { variable in
                guard let answer = answer(for: variable) else {
                    return ReviewLine(name: variable.name, value: "(missing)", source: .template, isChanged: false)
                }
                return ReviewLine(
                    name: variable.name, value: masked(answer.value, of: variable), source: answer.source,
                    isChanged: changed.contains(variable.name))
            }
            return lines.isEmpty ? nil : ReviewSection(title: section.title, lines: lines)
        }
    }

    /// What differs between the file that is there and the one that the answers make, in the template's order.
    func reviewChanges(from existing: EnvDocument, to document: EnvDocument) -> [ReviewChange] {
        let changed = schema.variables.compactMap { variable -> ReviewChange? in
            let (before, after) = (existing.value(of: variable.name), document.value(of: variable.name))
            guard before != after else { return nil }
            return ReviewChange(
                name: variable.name, before: before.map { masked($0, of: variable) },
                after: after.map { masked($0, of: variable) })
        }
        // What nothing reads may be a secret all the same.
        return changed + removed.sorted().map { ReviewChange(name: $0, before: "********", after: nil) }
    }

    /// The value as it may be shown: of a secret, neither a letter nor its length.
    func masked(_ value: String, of variable: Variable) -> String {
        variable.isSecret && !value.isEmpty ? "********" : value
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String {
        var rest = Substring(self)
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}
