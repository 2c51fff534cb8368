/// Reads `@type=…`, and `# careinit: type=…`.
struct TypeReader {
    private let expression: Expression
    private var options: TypeOptions
    private(set) var problems: [TemplateProblem.Note] = []

    init(_ expression: Expression) {
        self.expression = expression
        options = TypeOptions(expression.arguments)
    }

    /// A type of `@env-spec`; nil, and a problem, for what is none.
    mutating func read() -> TypeRule? { read(Self.types) }

    /// A type that careinit adds; nil, and a problem, for what is none.
    mutating func readAdded() -> TypeRule? { read(Self.added) }

    private typealias Reader = @Sendable (inout TypeReader) -> TypeRule?

    private mutating func read(_ table: [String: Reader]) -> TypeRule? {
        guard expression.kind != .list, expression.kind != .record else {
            problems.append(.init(.badArgument, "type", expression.offset))
            return nil
        }
        guard let reader = table[expression.word] else {
            let isFormula = ["if", "ifs", "remap", "fallback"].contains(expression.word)
            let subject = isFormula ? "a type that depends on other variables" : expression.word
            problems.append(.init(isFormula ? .notSupported : .unknownType, subject, expression.offset))
            return nil
        }
        let rule = reader(&self)
        if rule == nil { problems.append(.init(.badArgument, expression.word, expression.offset)) }
        problems += options.leftOver
        return rule
    }

    // MARK: Types of @env-spec

    static var names: Set<String> { Set(types.keys) }

    private static let types: [String: Reader] = [
        "string": { reader in
            _ = reader.options.take("allowEmpty") { Bool($0) }
            return TypeRule(type: .string, text: reader.textRules())
        },
        "url": { TypeRule(type: .url($0.urlRule()), text: $0.patternRule()) },
        "domain": { TypeRule(type: .domain($0.domainRule()), text: $0.patternRule()) },
        "boolean": { _ in TypeRule(type: .boolean) },
        "email": { reader in
            _ = reader.options.take("normalize") { Bool($0) }
            return TypeRule(type: .email)
        },
        "enum": { reader in
            let values = reader.expression.words ?? []
            return values.isEmpty ? nil : TypeRule(type: .enumeration(values))
        },
        "port": { reader in
            let min = reader.options.take("min", Int.init) ?? 1
            return TypeRule(type: .port(min: min, max: max(min, reader.options.take("max", Int.init) ?? 65_535)))
        },
        "number": { TypeRule(type: .number($0.numberRule())) },
        "ip": { reader in
            _ = reader.options.take("normalize") { Bool($0) }
            let version = reader.options.take("version") { Int($0).flatMap { [4, 6].contains($0) ? $0 : nil } }
            return TypeRule(type: .ip(version: version))
        },
        "semver": { _ in TypeRule(type: .semanticVersion) },
        "isoDate": { _ in TypeRule(type: .date) },
        "uuid": { _ in TypeRule(type: .uuid) },
        "md5": { _ in TypeRule(type: .md5) },
        "duration": { reader in
            _ = reader.options.take("output") { $0 }
            let min = reader.options.take("min", DurationSyntax.parse)
            return TypeRule(type: .duration(min: min, max: reader.options.take("max", DurationSyntax.parse)))
        },
        "simple-object": { _ in TypeRule(type: .record(RecordRule())) },
        "array": { reader in reader.listRule().map { TypeRule(type: .array($0)) } },
        "record": { reader in reader.recordRule().map { TypeRule(type: .record($0)) } },
    ]

    private mutating func textRules() -> TextRules {
        var text = patternRule()
        let exact = options.take("isLength", Int.init)
        let minimum = options.take("minLength", Int.init)
        let maximum = options.take("maxLength", Int.init)
        text.minimumLength = exact ?? minimum
        text.maximumLength = exact ?? maximum
        text.prefix = options.take("startsWith") { $0 }
        text.suffix = options.take("endsWith") { $0 }
        if options.take("toUpperCase", { Bool($0) }) == true { text.letters = .upper }
        if options.take("toLowerCase", { Bool($0) }) == true { text.letters = .lower }
        return text
    }

    private mutating func patternRule() -> TextRules {
        var text = TextRules()
        text.pattern = options.takeExpression("matches") { expression in
            FormulaReader.regex(expression) ?? (expression.isPlain ? RegexRule(literal: expression.word) : nil)
        }
        return text
    }

    private mutating func numberRule() -> NumberRule {
        var rule = NumberRule()
        rule.min = options.take("min", Double.init)
        rule.max = options.take("max", Double.init)
        rule.isInteger = options.take("isInt") { Bool($0) } ?? false
        rule.divisor = options.take("isDivisibleBy", Double.init)
        rule.precision = options.take("precision") { Int($0).flatMap { (0...15).contains($0) ? $0 : nil } }
        rule.isClamped = options.take("coerceToMinMaxRange") { Bool($0) } ?? false
        return rule
    }

    private mutating func urlRule() -> URLRule {
        var rule = URLRule()
        rule.prependsHTTPS = options.take("prependHttps") { Bool($0) } ?? false
        rule.schemes = options.takeList("allowedProtocols")?.map { scheme in
            scheme.utf8.prefix { $0 != ASCII.colon }.map(\.lowercased).text
        }
        rule.hosts = options.takeList("allowedDomains")?.map { $0.utf8.map(\.lowercased).text }
        rule.forbidsTrailingSlash = options.take("noTrailingSlash") { Bool($0) } ?? false
        return rule
    }

    private mutating func domainRule() -> DomainRule {
        _ = options.take("normalize") { Bool($0) }
        return DomainRule(
            allowsWildcard: options.take("allowWildcard") { Bool($0) } ?? false,
            allowsSingleLabel: options.take("allowSingleLabel") { Bool($0) } ?? false,
            allowsAddress: options.take("allowIp") { Bool($0) } ?? false)
    }

    private mutating func listRule() -> ListRule? {
        guard let element = elementType() else { return nil }
        var rule = ListRule(element: element)
        rule.separator = options.take("separator") { $0.isEmpty ? nil : $0 } ?? ","
        _ = options.take("format") { ["separator", "json"].contains($0) ? $0 : nil }
        let exact = options.take("isLength", Int.init)
        let (minimum, maximum) = (options.take("minLength", Int.init), options.take("maxLength", Int.init))
        rule.minimumCount = exact ?? minimum ?? 1
        rule.maximumCount = exact ?? maximum
        rule.isUnique = options.take("unique") { Bool($0) } ?? false
        return rule
    }

    private mutating func recordRule() -> RecordRule? {
        guard let value = elementType() else { return nil }
        var rule = RecordRule(value: options.positional.isEmpty ? nil : value)
        rule.key = options.takeType("keyType")
        let exact = options.take("entriesIsLength", Int.init)
        let minimum = options.take("entriesMinLength", Int.init)
        let maximum = options.take("entriesMaxLength", Int.init)
        rule.minimumCount = exact ?? minimum ?? 1
        rule.maximumCount = exact ?? maximum
        return rule
    }

    /// The type of the elements, which is the first argument; text where there is none.
    private mutating func elementType() -> TypeRule? {
        guard let first = options.positional.first else { return TypeRule() }
        guard options.positional.count == 1 else { return nil }
        var reader = TypeReader(first)
        let rule = reader.read()
        problems += reader.problems
        return rule ?? TypeRule()
    }

    // MARK: Types that careinit adds

    private static let added: [String: Reader] = [
        "origin": { _ in TypeRule(type: .origin) },
        "path": { _ in TypeRule(type: .path) },
        "absolute-path": { _ in TypeRule(type: .absolutePath) },
        "hostname": { _ in TypeRule(type: .hostname) },
        "host-list": { _ in TypeRule(type: .hostList) },
        "identifier": { _ in TypeRule(type: .identifier) },
        "hex": { reader in reader.count().map { TypeRule(type: .hexadecimal(bytes: $0)) } },
        "base64": { reader in
            if reader.expression.arguments.isEmpty { return TypeRule(type: .base64(bytes: nil)) }
            return reader.count().map { TypeRule(type: .base64(bytes: $0)) }
        },
        "url-safe": { _ in TypeRule(type: .urlSafe) },
        "size": { reader in
            let min = reader.options.take("min", SizeSyntax.parse)
            return TypeRule(type: .size(min: min, max: reader.options.take("max", SizeSyntax.parse)))
        },
        "cron": { _ in TypeRule(type: .cron) },
        "e164": { _ in TypeRule(type: .telephone) },
        "time-zone": { _ in TypeRule(type: .timeZone) },
        "currency": { _ in TypeRule(type: .currency) },
        "locale": { _ in TypeRule(type: .locale) },
        "pem": { _ in TypeRule(type: .pem) },
        "percentage": { reader in
            let min = reader.options.take("min", Double.init)
            return TypeRule(type: .percentage(min: min, max: reader.options.take("max", Double.init)))
        },
    ]

    /// The one argument of `hex(32)`.
    private func count() -> Int? {
        guard let words = expression.words, words.count == 1, let count = Int(words[0]), count > 0 else {
            return nil
        }
        return count
    }
}
