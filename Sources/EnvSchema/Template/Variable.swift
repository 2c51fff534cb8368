/// One setting, as the template describes it.
package struct Variable: Sendable, Hashable {
    package var name: String
    /// The title of the section it stands in.
    package var section: String
    /// The comment above it, in one line for each of its lines.
    package var help: String
    package var type: ValueType
    /// Limits of the text itself, besides its type.
    package var text = TextRules()
    /// What holds where the `.env` does not name the variable; nil for nothing, or for what only a formula tells.
    package var defaultValue: String?
    /// What makes the default of other variables' values; nil where it is a text.
    package var defaultFormula: Formula?
    package var example: String?
    package var requirement: Requirement
    package var isSecret: Bool
    /// Whether it works still but should not be used any more, and what the template says of that.
    package var deprecation: Deprecation?
    package var links: [Link] = []
    /// How careinit makes a value; nil where a person must choose it.
    package var generation: GenerationPolicy?
    /// Who reads it, such as `carenotes` or `nginx`.
    package var consumers: [String] = []
    /// The languages of the files that its value is put into.
    package var splices: [Splice] = []
    package var listen: Listen?
    /// Stored data can only be read with this value: it never changes by itself.
    package var bindsData = false
    /// A secret that somebody else chose: no rule about its strength applies.
    package var isGiven = false
    /// The default of profile `local`. May refer to other variables as `${NAME}`.
    package var localValue: String?
    /// Where it means nothing, nobody need be asked for it; nil: it always means something.
    package var applicability: Applicability?
    /// Whether a person setting up for the first time should be asked for it, although there is a default.
    package var essential = Essential.no
    /// Where the template names it.
    package var position: SourcePosition

    /// Required whatever the other variables say.
    package var isRequired: Bool { requirement == .always }

    package enum Requirement: Sendable, Hashable {
        case never
        case always
        /// Where the formula holds.
        case when(Formula)

        /// Whether it is required as things stand; `value` tells the value of a variable, nil where it has none.
        package func holds(_ value: (String) -> String?) -> Bool {
            switch self {
            case .never: false
            case .always: true
            case .when(let formula): !formula.isUnknown && formula.holds(value)
            }
        }
    }

    package struct Deprecation: Sendable, Hashable {
        package var message: String?
    }

    /// Documentation elsewhere.
    package struct Link: Sendable, Hashable {
        package var title: String?
        package var address: String
    }

    /// With which value of another variable a variable means something.
    package enum Applicability: Sendable, Hashable {
        case whenSet(String)
        case whenEqual(variable: String, value: String)
        case unlessEqual(variable: String, value: String)

        package var variable: String {
            switch self {
            case .whenSet(let name), .whenEqual(let name, _), .unlessEqual(let name, _): name
            }
        }
    }

    package enum Essential: Sendable, Hashable {
        case no
        case yes
        /// With that value of another variable.
        case when(Applicability)
    }

    /// A port that something of the stack listens on.
    package struct Listen: Sendable, Hashable {
        package var kind: Kind
        /// How many neighbouring ports, from 1.
        package var count = 1

        package enum Kind: String, Sendable, CaseIterable {
            /// On 127.0.0.1.
            case loopback
            /// On PUBLIC_ADDRESS.
            case `public`
            /// On the address of each PostgreSQL member.
            case members
        }
    }
}

/// How a secret is made.
package enum GenerationPolicy: Sendable, Hashable {
    /// So many characters of `A-Za-z0-9_-`.
    case urlSafe(length: Int)
    /// So many random bytes as hexadecimal digits, two for each.
    case hex(bytes: Int)
}
