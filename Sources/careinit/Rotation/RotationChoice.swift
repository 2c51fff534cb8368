import EnvSchema

/// Which secrets a command line means. Pure.
enum RotationChoice {
    /// In the template's order, then the stack's own and nginx' key.
    ///
    /// - Throws: exit code 64 for a name that is no secret of the template.
    static func secrets(_ names: [String], in schema: Schema) throws(CommandFailure) -> [RotatableSecret] {
        let all = RotatableSecret.all(in: schema)
        if let wrong = names.first(where: { name in !all.contains { $0.name == name } }) {
            let known = all.map(\.name)
            let near = Suggestion.nearest(to: wrong, among: known)
            throw CommandFailure(
                .usage, "\"\(PrintableText.make(wrong, width: 40))\" is no secret of the template or of the stack",
                place: "careinit rotate-secrets", fix: near ?? known.joined(separator: ", "))
        }
        return all.filter { names.contains($0.name) }
    }

    /// Every secret that careinit can make without telling anybody, and that is set; `own` are the stack's own, as they are kept.
    static func all(_ configuration: Configuration, own: [String: String]) -> [String] {
        RotatableSecret.all(in: configuration.schema).filter { secret in
            guard !secret.isOnlyNamed else { return false }
            return secret.isOfStack ? own[secret.name] != nil : isSet(secret.name, configuration)
        }.map(\.name)
    }

    /// Those that have been there for longer than an age in seconds, or for nobody knows how long; `ages` are the times at which
    /// they came, and `now` is one, in Unix seconds.
    static func older(
        than age: Int64, _ configuration: Configuration, own: [String: String], ages: [String: Int64], now: Int64
    ) -> [String] {
        all(configuration, own: own).filter { name in ages[name].map { now - $0 > age } ?? true }
    }

    private static func isSet(_ name: String, _ configuration: Configuration) -> Bool {
        (try? configuration.optional(name)) != nil
    }
}
