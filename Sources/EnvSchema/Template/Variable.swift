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
    /// What holds where the `.env` does not name the variable; nil for nothing.
    package var defaultValue: String?
    package var example: String?
    package var requirement: Requirement
    package var isSecret: Bool
    /// How careinit makes a value; nil where a person must choose it.
    package var generation: GenerationPolicy?
    /// Who reads it, such as `carenotes` or `nginx`.
    package var consumers: [String] = []
    package var listen: Listen?
    /// Stored data can only be read with this value: it never changes by itself.
    package var bindsData = false
    /// A secret that somebody else chose: no rule about its strength applies.
    package var isGiven = false
    /// The default of profile `local`. May refer to other variables as `${NAME}`.
    package var localValue: String?
    /// Where it means nothing, nobody need be asked for it; nil: it always means something.
    package var applicability: Applicability?
    /// Where the template names it.
    package var position: SourcePosition

    /// Required whatever the other variables say.
    package var isRequired: Bool { requirement == .always }

    package enum Requirement: Sendable, Hashable {
        case never
        case always
        /// Where the other variable has that value.
        case whenEqual(variable: String, value: String)
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

/// Limits of the text of a value, whatever its type; lengths in Unicode scalars.
package struct TextRules: Sendable, Hashable {
    package var minimumLength: Int?
    package var maximumLength: Int?
    package var prefix: String?
    package var suffix: String?
}
