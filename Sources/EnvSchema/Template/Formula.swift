/// A value that is made of other variables' values: the functions of `@env-spec` that run nothing
/// (<https://varlock.dev/reference/functions/>).
package indirect enum Formula: Sendable, Hashable {
    case text(String)
    case undefined
    /// The value of a variable.
    case reference(String)
    case concat([Formula])
    /// The first that is not empty.
    case fallback([Formula])
    case equal(Formula, Formula)
    case not(Formula)
    case isEmpty(Formula)
    case every([Formula])
    case some([Formula])
    /// The value of the first case whose condition holds.
    case cases([Case], otherwise: Formula)
    /// The result of the first match of the value; the value itself where nothing matches and `otherwise` is nil.
    case remap(Formula, [Match], otherwise: Formula?)
    /// The host of a URL.
    case domain(Formula)
    /// What only another tool can know, such as the output of a program.
    case unknown

    package struct Case: Sendable, Hashable {
        package var condition: Formula
        package var value: Formula
    }

    package struct Match: Sendable, Hashable {
        package var match: Pattern
        package var value: Formula
    }

    package enum Pattern: Sendable, Hashable {
        case value(Formula)
        case regex(RegexRule)
    }

    /// - Parameter value: The value of a variable; nil where it has none.
    /// - Returns: nil where the formula is undefined, or depends on what is unknown.
    package func evaluate(_ value: (String) -> String?) -> String? {
        switch self {
        case .text(let text): return text
        case .undefined, .unknown: return nil
        case .reference(let name): return value(name)
        case .concat(let parts): return parts.map { $0.evaluate(value) ?? "" }.joined()
        case .fallback(let parts):
            for part in parts {
                if let text = part.evaluate(value), !text.isEmpty { return text }
            }
            return nil
        case .cases(let cases, let otherwise):
            return (cases.first { $0.condition.holds(value) }?.value ?? otherwise).evaluate(value)
        case .remap(let subject, let matches, let otherwise):
            let text = subject.evaluate(value)
            if let match = matches.first(where: { $0.match.matches(text, value) }) {
                return match.value.evaluate(value)
            }
            return otherwise.map { $0.evaluate(value) } ?? text
        case .domain(let url):
            return url.evaluate(value).flatMap { AddressSyntax.url($0)?.host.utf8.map(\.lowercased).text }
        case .equal, .not, .isEmpty, .every, .some: return holds(value) ? "true" : "false"
        }
    }

    /// Whether it is true: not undefined, empty, `false` or `0`.
    package func holds(_ value: (String) -> String?) -> Bool {
        switch self {
        case .equal(let first, let second): return first.evaluate(value) == second.evaluate(value)
        case .not(let formula): return !formula.holds(value)
        case .isEmpty(let formula): return formula.evaluate(value)?.isEmpty ?? true
        case .every(let formulas): return formulas.allSatisfy { $0.holds(value) }
        case .some(let formulas): return formulas.contains { $0.holds(value) }
        default:
            let text = evaluate(value) ?? ""
            return text != "" && text != "false" && text != "0"
        }
    }

    /// Whether only another tool can know it.
    package var isUnknown: Bool { self == .unknown || parts.contains(where: \.isUnknown) }

    /// The variables it names.
    package var references: [String] {
        if case .reference(let name) = self { return [name] }
        return parts.flatMap(\.references)
    }

    private var parts: [Formula] {
        switch self {
        case .text, .undefined, .reference, .unknown: []
        case .concat(let parts), .fallback(let parts), .every(let parts), .some(let parts): parts
        case .equal(let first, let second): [first, second]
        case .not(let part), .isEmpty(let part), .domain(let part): [part]
        case .cases(let cases, let otherwise): cases.flatMap { [$0.condition, $0.value] } + [otherwise]
        case .remap(let subject, let matches, let otherwise):
            [subject] + matches.flatMap { $0.match.parts + [$0.value] } + (otherwise.map { [$0] } ?? [])
        }
    }
}

extension Formula.Pattern {
    fileprivate func matches(_ text: String?, _ value: (String) -> String?) -> Bool {
        switch self {
        case .value(let formula): formula.evaluate(value) == text
        case .regex(let rule): text.map(rule.matches) ?? false
        }
    }

    fileprivate var parts: [Formula] {
        if case .value(let formula) = self { [formula] } else { [] }
    }
}
