/// What two or more variables must be to each other.
package struct Rule: Sendable, Hashable {
    package var kind: Kind
    package var position: SourcePosition

    package enum Kind: Sendable, Hashable {
        /// Numbers or durations: the first below the second.
        case lessThan(String, String)
        /// Numbers or durations: the first not above the second.
        case atMost(String, String)
        /// All different.
        case distinct([String])
        /// All set or all empty.
        case allOrNone([String])
        /// Both hold or neither does.
        case ifAndOnlyIf(Condition, Condition)
        /// Where the first holds, the second does too.
        case implies(Condition, Condition)
        /// Exactly one is set.
        case oneOf([String])
        /// Where the first is set, the second is too.
        case requires(String, String)
    }

    package struct Condition: Sendable, Hashable {
        package var variable: String
        package var value: String
    }

    package var variables: [String] {
        switch kind {
        case .lessThan(let first, let second), .atMost(let first, let second), .requires(let first, let second):
            [first, second]
        case .distinct(let names), .allOrNone(let names), .oneOf(let names): names
        case .ifAndOnlyIf(let first, let second), .implies(let first, let second):
            [first.variable, second.variable]
        }
    }
}

/// A name that older files carry and nothing reads any more.
package struct RetiredName: Sendable, Hashable {
    package var name: String
    /// The variable that took its place.
    package var replacement: String?
    /// Why nothing reads it.
    package var reason: String?
    package var position: SourcePosition
}
