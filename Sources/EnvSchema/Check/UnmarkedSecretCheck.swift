/// What looks like a secret in a variable that the template does not mark as one: it would be shown in messages, and
/// nothing keeps it from logs.
struct UnmarkedSecretCheck {
    let schema: Schema

    func findings(in document: EnvDocument) -> [Finding] {
        let known = places(of: schema.variables.map(\.name), in: document)
        let retired = places(of: schema.retired.map(\.name), in: document)
        var findings = FindingList()
        for assignment in document.assignments where !retired.contains(assignment.index) {
            let isSecret =
                known.contains(assignment.index)
                ? schema.looksLikeUnmarkedSecret(assignment.value, of: assignment.name)
                : Self.looksLikeSecret(assignment)
            guard isSecret else { continue }
            findings.append(.unmarkedSecret) {
                Finding(
                    .unmarkedSecret, variable: VariableName.showable(assignment.name),
                    at: assignment.valuePosition)
            }
        }
        return findings.all
    }

    /// The indices of all assignments of these names.
    private func places(of names: [String], in document: EnvDocument) -> Set<Int> {
        var places: Set<Int> = []
        for name in names {
            var assignment = document.assignment(of: name)
            while let found = assignment {
                places.insert(found.index)
                assignment = found.previous
            }
        }
        return places
    }

    /// Of a name that the template does not have. A file may hold a million of them: no text is made of one that is none.
    private static func looksLikeSecret(_ assignment: Assignment) -> Bool {
        let (name, value) = (assignment.nameBytes, assignment.valueBytes)
        guard !value.isEmpty else { return false }
        if SecretLikeness.isSecret(value.span, mayBeKey: !SecretName.isIdentifier(name.span)) { return true }
        return SecretName.isOne(name.span)
            && SecretLikeness.isSecret(assignment.value, named: assignment.name)
    }
}

extension Schema {
    /// Whether the value looks like a secret, and the variable, which the schema has, is not marked as one.
    func looksLikeUnmarkedSecret(_ value: String, of name: String) -> Bool {
        guard !value.isEmpty, let variable = self[name] else { return false }
        if variable.isSecret || value == variable.defaultValue || value == variable.example { return false }
        let isText = variable.type == .string
        return SecretLikeness.isSecret(value, mayBeKey: isText && !SecretName.isIdentifier(name))
            || isText && SecretLikeness.isSecret(value, named: name)
    }
}
