/// Reads `@type=…`.
struct TypeReader {
    private let call: Expression
    private var options: [String: String] = [:]
    private(set) var text = TextRules()
    private(set) var problems: [(TemplateProblem.Code, String)] = []

    init(_ call: Expression) { self.call = call }

    /// Nil, and a problem, for what is no type.
    mutating func read() -> ValueType? {
        if call.word == "enum" {
            guard let values = call.positional, !values.isEmpty else { return unknown() }
            return .enumeration(values)
        }
        for argument in call.arguments ?? [] {
            guard let name = argument.name else {
                problems.append((.badArgument, argument.value))
                continue
            }
            options[name] = argument.value
        }
        let type = simpleType()
        for name in options.keys.sorted() { problems.append((.unknownOption, name)) }
        return type
    }

    private mutating func simpleType() -> ValueType? {
        switch call.word {
        case "string":
            readTextRules()
            return .string
        case "url": return .url
        case "boolean": return .boolean
        case "email": return .email
        case "port":
            return .port(min: take("min", Int.init) ?? 1, max: take("max", Int.init) ?? 65_535)
        case "number":
            let isInteger = take("isInt") { Bool($0) } ?? false
            return .number(min: take("min", Double.init), max: take("max", Double.init), isInteger: isInteger)
        case "ip": return .ip(version: take("version") { Int($0).flatMap { [4, 6].contains($0) ? $0 : nil } })
        case "duration":
            return .duration(min: take("min", DurationSyntax.parse), max: take("max", DurationSyntax.parse))
        default: return unknown()
        }
    }

    private mutating func readTextRules() {
        let exact = take("isLength", Int.init)
        text.minimumLength = exact ?? take("minLength", Int.init)
        text.maximumLength = exact ?? take("maxLength", Int.init)
        text.prefix = take("startsWith") { $0 }
        text.suffix = take("endsWith") { $0 }
    }

    private mutating func unknown() -> ValueType? {
        problems.append((.unknownType, call.word))
        options = [:]
        return nil
    }

    private mutating func take<Value>(_ name: String, _ read: (String) -> Value?) -> Value? {
        guard let written = options.removeValue(forKey: name) else { return nil }
        let value = read(written)
        if value == nil { problems.append((.badArgument, written)) }
        return value
    }
}

/// Reads the types that @env-spec lacks, from `# careinit: type=…`.
enum ExtraType {
    static func read(_ call: Expression) -> ValueType? {
        switch call.word {
        case "origin": return .origin
        case "path": return .path
        case "hostname": return .hostname
        case "identifier": return .identifier
        case "hex":
            guard let bytes = call.positional?.first.flatMap({ Int($0) }), bytes > 0 else { return nil }
            return .hexadecimal(bytes: bytes)
        default: return nil
        }
    }
}
