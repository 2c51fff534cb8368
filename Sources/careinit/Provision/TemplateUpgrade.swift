import EnvSchema

/// What a template says otherwise than the one that the `.env` was written by, as far as it concerns that `.env`. Pure.
struct TemplateUpgrade: Sendable, Equatable {
    /// Variables that the old template did not have and the `.env` does not set, in the template's order.
    var new: [String] = []
    /// In the template's order.
    var changed: [Change] = []
    /// What the `.env` sets and nothing reads any more, in the order of the file.
    var retired: [Retired] = []

    struct Change: Sendable, Equatable {
        var name: String
        /// What is different, each in words without a full stop.
        var differences: [String]
    }

    struct Retired: Sendable, Equatable {
        var name: String
        /// The variable that took its place.
        var replacement: String?
        /// Why nothing reads it.
        var reason: String?
    }

    init(new: [String] = [], changed: [Change] = [], retired: [Retired] = []) {
        self.new = new
        self.changed = changed
        self.retired = retired
    }

    /// The variables that a person should look at again.
    var names: Set<String> { Set(new + changed.map(\.name)) }
    var isEmpty: Bool { new.isEmpty && changed.isEmpty && retired.isEmpty }

    /// - Parameters:
    ///   - old: The template that the `.env` was written by; nil where it is not known: then only what is retired is told.
    ///   - schema: The present template.
    ///   - existing: The `.env`; nil where there is none, and then nothing has changed for it.
    init(from old: Schema?, to schema: Schema, existing: EnvDocument?) {
        guard let existing else { return }
        retired = Self.retired(existing, old: old, schema: schema)
        guard let old else { return }
        new = schema.variables.map(\.name).filter { old[$0] == nil && existing.value(of: $0) == nil }
        changed = schema.variables.compactMap { variable in
            let differences = old[variable.name].map { VariableDifference(from: $0, to: variable).sentences } ?? []
            return differences.isEmpty ? nil : Change(name: variable.name, differences: differences)
        }
    }

    /// Once the old template has retired a name too, it is `check` that reminds of it.
    private static func retired(_ existing: EnvDocument, old: Schema?, schema: Schema) -> [Retired] {
        let known = Set(old?.retired.map(\.name) ?? [])
        let names = Dictionary(schema.retired.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        return existing.assignments.compactMap { assignment -> Retired? in
            let name = assignment.name
            guard schema[name] == nil, !known.contains(name) else { return nil }
            let note = names[name]
            // Unknown names that no template ever had are the operator's own.
            guard note != nil || old?[name] != nil, seen.insert(name).inserted else { return nil }
            return Retired(name: name, replacement: note?.replacement, reason: note?.reason)
        }
    }
}

/// What one variable's description says otherwise than before.
struct VariableDifference {
    /// Each in words without a full stop; empty where nothing that matters to a `.env` is different.
    private(set) var sentences: [String] = []

    init(from old: Variable, to new: Variable) {
        if old.isSecret != new.isSecret {
            sentences.append(new.isSecret ? "it is a secret now" : "it is no secret any more")
        }
        let isShowable = !old.isSecret && !new.isSecret
        if (old.defaultValue, old.defaultFormula) != (new.defaultValue, new.defaultFormula) {
            sentences.append(
                isShowable
                    ? "its default is \(Self.defaultText(new)), before it was \(Self.defaultText(old))"
                    : "its default is another one")
        }
        if (old.type, old.text) != (new.type, new.text) {
            let (before, now) = (old.expectation, new.expectation)
            sentences.append(
                before == now ? "what it may be has changed" : "it must be \(now), before it was \(before)")
        }
        let (before, now) = (Self.requirement(old), Self.requirement(new))
        if before != now { sentences.append("it is \(now), before it was \(before)") }
        if old.applicability != new.applicability {
            sentences.append(
                "it means something \(Self.applicability(new)), before it did \(Self.applicability(old))")
        }
    }

    private static func defaultText(_ variable: Variable) -> String {
        if let formula = variable.defaultFormula { return formula.sentence }
        return variable.defaultValue.map { PrintableText.make($0, width: 80) } ?? "empty"
    }

    private static func requirement(_ variable: Variable) -> String {
        switch variable.requirement {
        case .always: "required"
        case .never: "optional"
        case .when(let formula): "required where \(formula.sentence)"
        }
    }

    private static func applicability(_ variable: Variable) -> String {
        switch variable.applicability {
        case .whenSet(let name): "where \(name) is set"
        case .whenEqual(let name, let value): "where \(name)=\(value)"
        case .unlessEqual(let name, let value): "where \(name) is not \(value)"
        case nil: "always"
        }
    }
}
