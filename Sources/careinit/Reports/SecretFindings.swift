import EnvSchema

/// What `check` says of secrets that have been there for long: only of a `.env` beside the state of its own stack, which knows
/// since when.
struct SecretFindings {
    var document: EnvDocument
    var schema: Schema
    /// Unix seconds by variable.
    var ages: [String: Int64]
    /// Unix seconds.
    var now: Int64

    /// Those of the file at that path, with what its stack remembers.
    static func read(_ file: EnvironmentFile, _ schema: Schema, now: Int64) -> [Finding] {
        guard file.path != SettingsPath.standardInput,
            let project = try? StateDirectory.resolve(environmentFile: file.path)
        else { return [] }
        let ages = SecretAges(project: project).load()
        return SecretFindings(document: file.document, schema: schema, ages: ages, now: now).findings
    }

    var findings: [Finding] {
        let policyDays = SecretPolicy.days(document)
        return schema.variables.filter { $0.isSecret && !(document.value(of: $0.name) ?? "").isEmpty }.compactMap {
            guard let since = ages[$0.name] else { return nil }
            let days = (now - since) / 86_400
            guard days > policyDays else { return nil }
            return Finding(
                .oldSecret, variable: $0.name, at: document.assignment(of: $0.name)?.valuePosition,
                context: .init(number: Int(clamping: days)))
        }
    }
}
