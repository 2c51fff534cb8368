import EnvSchema

extension ValueType {
    /// What JSON Schema says of a value that is not empty.
    var keywords: [String: JSONValue] {
        switch self {
        case .string: [:]
        case .url: ["format": "uri", "pattern": "^https?://[^/?#@ ]+([/?#][^ ]*)?$"]
        case .origin: ["format": "uri", "pattern": "^https://[^/?#@ ]+$"]
        case .port(let min, let max): ["pattern": .string(RegularExpression.integer(min...Swift.max(min, max)))]
        case .boolean: ["enum": ["true", "false"]]
        case .enumeration(let values): ["enum": .strings(values)]
        case .email: ["format": "email", "pattern": "^[^@ ]+@[^@ ]+$"]
        case .number(let min, let max, let isInteger): ["pattern": .string(Self.number(min, max, isInteger))]
        case .ip(let version): Self.address(version)
        case .duration: ["pattern": "^[0-9]{1,9}(ms|s|m|h|d|w)$"]
        case .path: ["pattern": "^[^\"';{}$\\\\`]*$"]
        case .hostname: ["format": "hostname", "pattern": "^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"]
        case .identifier: ["pattern": "^[a-z_][a-z0-9_]{0,62}$"]
        case .hexadecimal(let bytes): ["pattern": .string("^[0-9A-Fa-f]{\(bytes * 2)}$")]
        }
    }

    private static func number(_ min: Double?, _ max: Double?, _ isInteger: Bool) -> String {
        if isInteger, let min = min.flatMap(Int.init(exactly:)), let max = max.flatMap(Int.init(exactly:)),
            (0...max).contains(min)
        {
            return RegularExpression.integer(min...max)
        }
        return isInteger ? "^(0|-?[1-9][0-9]{0,17})$" : "^-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?$"
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
