/// The same secret under two names: who learns one of them has the other.
struct ReuseCheck {
    let schema: Schema
    /// Variables that something else is wrong with.
    let wrong: Set<String>

    func findings(_ values: Values, _ document: EnvDocument) -> [Finding] {
        var names: [String: [String]] = [:]
        for variable in schema.variables where variable.isSecret && !wrong.contains(variable.name) {
            if let value = values[variable.name] { names[value, default: []].append(variable.name) }
        }
        return names.values.filter { $0.count > 1 }.flatMap { names in
            let placed = names.map { ($0, document.place(of: $0)) }.sorted { $0.1 < $1.1 }
            return placed.indices.dropFirst().map { index in
                Finding(
                    .reusedSecret, variable: placed[index].0, at: placed[index].1,
                    context: .init(
                        others: placed[..<index].map(\.0), generation: schema[placed[index].0]?.generation))
            }
        }
    }
}
