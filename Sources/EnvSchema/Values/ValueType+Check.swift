extension ValueType {
    /// Whether the text, which is not empty, is a value of this type.
    func accepts(_ text: String) -> Bool {
        switch self {
        case .string: true
        case .url: AddressSyntax.web(text) != nil
        case .origin: AddressSyntax.web(text).map { $0.isSecure && $0.rest.isEmpty } ?? false
        case .port(let min, let max):
            NumberSyntax.integer(text).map { (min...Swift.max(min, max)).contains($0) } ?? false
        case .boolean: text == "true" || text == "false"
        case .enumeration(let values): values.contains(text)
        case .email: AddressSyntax.isEmail(text)
        case .number(let min, let max, let isInteger): Self.isNumber(text, min, max, isInteger)
        case .ip(let version):
            version != 6 && HostSyntax.isIPv4(text) || version != 4 && HostSyntax.isIPv6(text)
        case .duration(let min, let max):
            DurationSyntax.parse(text).map { (min ?? .zero) <= $0 && $0 <= (max ?? $0) } ?? false
        case .path: !text.utf8.contains { $0.isControl || "\"';{}$\\`".utf8.contains($0) }
        case .hostname: HostSyntax.isHostname(text)
        case .identifier: Self.isIdentifier(text)
        case .hexadecimal(let bytes): text.utf8.count == bytes * 2 && text.utf8.allSatisfy(\.isHexadecimal)
        }
    }

    private static func isNumber(_ text: String, _ min: Double?, _ max: Double?, _ isInteger: Bool) -> Bool {
        let number = isInteger ? NumberSyntax.integer(text).map(Double.init) : NumberSyntax.decimal(text)
        guard let number else { return false }
        return number >= min ?? number && number <= max ?? number
    }

    private static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLowercase || first == UInt8(ascii: "_") else { return false }
        return text.utf8.count <= 63
            && text.utf8.allSatisfy { $0.isLowercase || $0.isDigit || $0 == UInt8(ascii: "_") }
    }

    /// Such as `a port from 1024 to 65535`.
    package var description: String {
        switch self {
        case .string: "text"
        case .url: "a URL such as https://notes.example.org/path"
        case .origin: "an address such as https://notes.example.org, without a path"
        case .port(let min, let max): "a port from \(min) to \(max)"
        case .boolean: "true or false"
        case .enumeration(let values): "one of " + values.joined(separator: ", ")
        case .email: "a mail address such as name@example.org"
        case .number(let min, let max, let isInteger):
            (isInteger ? "a whole number" : "a number") + Self.range(min.map(Self.plain), max.map(Self.plain))
        case .ip(let version): version.map { "an IPv\($0) address" } ?? "an IP address"
        case .duration(let min, let max):
            "a duration such as 15m or 7d"
                + Self.range(min.map(DurationSyntax.describe), max.map(DurationSyntax.describe))
        case .path: "a path without quotes, $, ;, braces or backslashes"
        case .hostname: "a host name such as mail.example.org"
        case .identifier: "a name of lower-case letters, digits and _, at most 63, not starting with a digit"
        case .hexadecimal(let bytes): "\(bytes * 2) hexadecimal digits"
        }
    }

    private static func plain(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    private static func range(_ min: String?, _ max: String?) -> String {
        switch (min, max) {
        case (let min?, let max?): ", from \(min) to \(max)"
        case (let min?, nil): ", at least \(min)"
        case (nil, let max?): ", at most \(max)"
        case (nil, nil): ""
        }
    }
}
