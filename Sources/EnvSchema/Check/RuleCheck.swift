/// What the template says that variables must be to each other.
struct RuleCheck {
    let schema: Schema
    let values: Values
    let document: EnvDocument
    /// Variables that something else is wrong with: a rule about them would only repeat it.
    let wrong: Set<String>

    func findings(_ reused: [Finding]) -> [Finding] {
        let reusedNames = Set(reused.compactMap(\.variable))
        return schema.rules.flatMap { rule in
            rule.variables.contains { wrong.contains($0) } ? [] : findings(rule, reusedNames)
        }
    }

    private func findings(_ rule: Rule, _ reused: Set<String>) -> [Finding] {
        switch rule.kind {
        case .lessThan(let first, let second):
            return compare(first, second) { $0 < $1 } ? [] : [finding(.notLess, first, [second])]
        case .atMost(let first, let second):
            return compare(first, second) { $0 <= $1 } ? [] : [finding(.tooLarge, first, [second])]
        case .distinct(let names): return distinct(names).filter { !reused.contains($0.variable ?? "") }
        case .allOrNone(let names): return allOrNone(names)
        case .oneOf(let names): return oneOf(names)
        case .ifAndOnlyIf(let first, let second): return equivalence(first, second)
        case .implies(let first, let second): return implication(first, second)
        case .requires(let first, let second):
            let holds = values[first] == nil || values[second] != nil
            return holds ? [] : [finding(.missingCompanion, second, [first])]
        }
    }

    private func compare(_ first: String, _ second: String, _ holds: (Double, Double) -> Bool) -> Bool {
        guard let left = quantity(first), let right = quantity(second) else { return true }
        return holds(left, right)
    }

    /// A number, a size in bytes, or a duration in seconds.
    private func quantity(_ name: String) -> Double? {
        guard let value = values[name] else { return nil }
        if let number = NumberSyntax.decimal(value) { return number }
        if case .size? = schema[name]?.type { return SizeSyntax.parse(value).map(Double.init) }
        return DurationSyntax.parse(value).map {
            Double($0.components.seconds) + Double($0.components.attoseconds) / 1e18
        }
    }

    private func distinct(_ names: [String]) -> [Finding] {
        var seen: [String: String] = [:]
        var findings: [Finding] = []
        for name in names {
            guard let value = values[name] else { continue }
            if let other = seen[value] {
                findings.append(finding(.notDistinct, name, [other]))
            } else {
                seen[value] = name
            }
        }
        return findings
    }

    private func allOrNone(_ names: [String]) -> [Finding] {
        let present = names.filter { values[$0] != nil }
        guard !present.isEmpty, present.count < names.count else { return [] }
        return names.filter { values[$0] == nil }.map { finding(.incompleteGroup, $0, present) }
    }

    private func oneOf(_ names: [String]) -> [Finding] {
        let present = names.filter { values[$0] != nil }
        guard present.count != 1 else { return [] }
        let name = present.last ?? names[0]
        return [finding(present.isEmpty ? .noneSet : .severalSet, name, names.filter { $0 != name })]
    }

    private func implication(_ first: Rule.Condition, _ second: Rule.Condition) -> [Finding] {
        guard values[first.variable] == first.value, values[second.variable] != second.value else { return [] }
        let expected = "\(first.variable)=\(first.value) wants \(second.variable)=\(second.value)"
        return [contradiction(second.variable, first.variable, expected)]
    }

    private func contradiction(_ variable: String, _ other: String, _ expected: String) -> Finding {
        Finding(
            .contradiction, variable: variable, at: document.place(of: variable),
            context: .init(expected: expected, others: [other]))
    }

    private func equivalence(_ first: Rule.Condition, _ second: Rule.Condition) -> [Finding] {
        guard let left = values[first.variable], let right = values[second.variable] else { return [] }
        guard (left == first.value) != (right == second.value) else { return [] }
        let expected = "\(second.variable)=\(second.value) if and only if \(first.variable)=\(first.value)"
        return [contradiction(second.variable, first.variable, expected)]
    }

    private func finding(_ code: FindingCode, _ variable: String, _ others: [String]) -> Finding {
        Finding(code, variable: variable, at: document.place(of: variable), context: .init(others: others))
    }
}
