/// Reads `less-than(A, B)` and its fellows.
enum RuleParser {
    static func kind(_ call: Expression) -> Rule.Kind? {
        if call.word == "if-and-only-if" { return conditions(call).map { .ifAndOnlyIf($0, $1) } }
        if call.word == "implies" { return conditions(call).map { .implies($0, $1) } }
        guard let names = call.words else { return nil }
        switch (call.word, names.count) {
        case ("less-than", 2): return .lessThan(names[0], names[1])
        case ("at-most", 2): return .atMost(names[0], names[1])
        case ("requires", 2): return .requires(names[0], names[1])
        case ("distinct", 2...): return .distinct(names)
        case ("all-or-none", 2...): return .allOrNone(names)
        case ("one-of", 2...): return .oneOf(names)
        default: return nil
        }
    }

    private static func conditions(_ call: Expression) -> (Rule.Condition, Rule.Condition)? {
        let conditions = call.arguments.compactMap { argument in
            argument.name.map { Rule.Condition(variable: $0, value: argument.value.word) }
        }
        guard conditions.count == 2, call.arguments.count == 2 else { return nil }
        return (conditions[0], conditions[1])
    }
}
