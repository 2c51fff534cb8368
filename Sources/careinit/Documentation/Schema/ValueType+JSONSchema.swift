import EnvSchema

extension ValueType {
    /// What JSON Schema says of a value that is not empty.
    var keywords: [String: JSONValue] {
        switch self {
        case .url: ["format": "uri", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*://[^/?# ]+([/?#][^ ]*)?$"]
        case .origin: ["format": "uri", "pattern": "^https://[^/?#@ ]+$"]
        case .port(let min, let max): ["pattern": .string(RegularExpression.integer(min...max))]
        case .boolean: ["pattern": .string(RegularExpression.anyCase(BooleanSyntax.words))]
        case .enumeration(let values): ["enum": .strings(values)]
        case .email: ["format": "email", "pattern": "^[^@ ]+@[^@ ]+$"]
        case .number(let rule): ["pattern": .string(Self.number(rule))]
        case .ip(let version): Self.address(version)
        case .uuid: ["format": "uuid"]
        case .hostname: ["format": "hostname", "pattern": "^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"]
        default: pattern
        }
    }

    /// The types that a pattern tells, whole or in part.
    private var pattern: [String: JSONValue] {
        let pattern: String? =
            switch self {
            case .duration: "^[0-9]+([.][0-9]+)? ?[A-Za-z]*$"
            case .size: "^[0-9]+([.][0-9]+)? ?[A-Za-z]*$"
            case .semanticVersion: "^[0-9]+[.][0-9]+[.][0-9]+"
            case .date: "^[0-9]{4}-[0-9]{2}-[0-9]{2}"
            case .md5: "^[0-9A-Fa-f]{32}$"
            case .path: "^[^\"';{}$\\\\`]*$"
            case .absolutePath: "^/"
            case .identifier: "^[a-z_][a-z0-9_]{0,62}$"
            case .hexadecimal(let bytes): "^[0-9A-Fa-f]{\(bytes * 2)}$"
            case .base64: "^[A-Za-z0-9+/_-]+={0,2}$"
            case .urlSafe: "^[A-Za-z0-9_-]+$"
            case .telephone: "^[+][1-9][0-9]{6,14}$"
            case .currency: "^[A-Z]{3}$"
            case .percentage: "^[0-9]+([.][0-9]+)?%?$"
            case .pem: "^-----BEGIN "
            default: nil
            }
        return pattern.map { ["pattern": .string($0)] } ?? [:]
    }

    private static func number(_ rule: NumberRule) -> String {
        if rule.isInteger, !rule.isClamped, let min = rule.min.flatMap(Int.init(exactly:)),
            let max = rule.max.flatMap(Int.init(exactly:)), (0...max).contains(min)
        {
            return RegularExpression.integer(min...max)
        }
        return rule.isInteger ? "^(0|-?[1-9][0-9]{0,17})$" : "^-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?$"
    }

    private static func address(_ version: Int?) -> [String: JSONValue] {
        let four: [String: JSONValue] = [
            "format": "ipv4",
            "pattern": .string(
                "^(\(RegularExpression.digits(0...255)))(\\.(\(RegularExpression.digits(0...255)))){3}$"),
        ]
        let six: [String: JSONValue] = ["format": "ipv6", "pattern": "^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$"]
        switch version {
        case 4: return four
        case 6: return six
        default: return ["anyOf": [.object(four), .object(six)]]
        }
    }
}
