/// What looks like a secret in a variable that the template does not mark as one: it would be shown in messages, and
/// nothing keeps it from logs.
struct UnmarkedSecretCheck {
    let schema: Schema

    func findings(in document: EnvDocument) -> [Finding] {
        let retired = Set(schema.retired.map(\.name))
        return document.assignments.compactMap { assignment in
            guard !assignment.value.isEmpty, !retired.contains(assignment.name) else { return nil }
            guard schema.looksLikeUnmarkedSecret(assignment.value, of: assignment.name) else { return nil }
            return Finding(
                .unmarkedSecret, variable: VariableName.showable(assignment.name), at: assignment.valuePosition)
        }
    }
}

extension Schema {
    /// Whether the value looks like a secret, and the variable is not marked as one.
    func looksLikeUnmarkedSecret(_ value: String, of name: String) -> Bool {
        guard let variable = self[name] else {
            return SecretLikeness.isSecret(value, mayBeKey: !SecretName.isIdentifier(name))
                || SecretLikeness.isSecret(value, named: name)
        }
        if variable.isSecret || value == variable.defaultValue || value == variable.example { return false }
        let isText = variable.type == .string
        return SecretLikeness.isSecret(value, mayBeKey: isText && !SecretName.isIdentifier(name))
            || isText && SecretLikeness.isSecret(value, named: name)
    }
}
