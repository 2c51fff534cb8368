/// Makes a formula of an expression.
struct FormulaReader {
    /// The variable that `forEnv` looks at; nil where `@currentEnv` names none.
    let environmentName: String?
    private(set) var problems: [TemplateProblem.Note] = []

    init(environmentName: String?) { self.environmentName = environmentName }

    mutating func formula(_ expression: Expression) -> Formula {
        switch expression.kind {
        case .text(isSingleQuoted: true): return .text(expression.word)
        case .word where expression.word == "undefined": return .undefined
        case .word, .text: return expand(expression)
        case .call: return call(expression)
        case .list, .record:
            problems.append(.init(.notSupported, "a list or record as a value", expression.offset))
            return .unknown
        }
    }

    // MARK: Functions

    private mutating func call(_ expression: Expression) -> Formula {
        guard let function = Self.functions[expression.word] else {
            problems.append(.init(.notSupported, expression.word + "()", expression.offset))
            return .unknown
        }
        guard let formula = function(&self, expression) else {
            problems.append(.init(.badArgument, expression.word, expression.offset))
            return .unknown
        }
        return formula
    }

    private typealias Function = @Sendable (inout FormulaReader, Expression) -> Formula?

    /// Those of `@env-spec` that run no foreign code and make nothing up.
    private static let functions: [String: Function] = [
        "ref": { _, call in call.words.flatMap { $0.count == 1 ? .reference($0[0]) : nil } },
        "concat": { $0.all($1).map { .concat($0) } },
        "fallback": { $0.all($1).map { .fallback($0) } },
        "eq": { reader, call in reader.all(call, count: 2).map { .equal($0[0], $0[1]) } },
        "not": { reader, call in reader.all(call, count: 1).map { .not($0[0]) } },
        "isEmpty": { reader, call in reader.all(call, count: 1).map { .isEmpty($0[0]) } },
        "and": { $0.all($1).map { .every($0) } },
        "or": { $0.all($1).map { .some($0) } },
        "domainFromUrl": { reader, call in reader.all(call, count: 1).map { .domain($0[0]) } },
        "if": { $0.choice($1) },
        "ifs": { $0.choices($1) },
        "remap": { $0.remap($1) },
        "forEnv": { $0.environment($1) },
    ]

    private mutating func all(_ call: Expression, count: Int? = nil) -> [Formula]? {
        guard let arguments = call.positional, !arguments.isEmpty else { return nil }
        if let count, arguments.count != count { return nil }
        return arguments.map { formula($0) }
    }

    private mutating func choice(_ call: Expression) -> Formula? {
        guard let arguments = call.positional, (1...3).contains(arguments.count) else { return nil }
        let parts = arguments.map { formula($0) }
        if parts.count == 1 { return .not(.not(parts[0])) }
        return .cases(
            [.init(condition: parts[0], value: parts[1])], otherwise: parts.count == 3 ? parts[2] : .undefined)
    }

    private mutating func choices(_ call: Expression) -> Formula? {
        guard let arguments = call.positional, arguments.count >= 2 else { return nil }
        let parts = arguments.map { formula($0) }
        let cases = stride(from: 0, to: parts.count - 1, by: 2).map {
            Formula.Case(condition: parts[$0], value: parts[$0 + 1])
        }
        return .cases(cases, otherwise: parts.count % 2 == 1 ? parts[parts.count - 1] : .undefined)
    }

    /// Pairs of match and result; or, as it was written once, `result=match`.
    private mutating func remap(_ call: Expression) -> Formula? {
        guard let subject = call.arguments.first, subject.name == nil else { return nil }
        let value = formula(subject.value)
        let rest = call.arguments.dropFirst()
        guard rest.contains(where: { $0.name == nil }) else {
            let matches = rest.compactMap { argument -> Formula.Match? in
                guard let name = argument.name, let match = pattern(argument.value) else { return nil }
                return .init(match: match, value: .text(name))
            }
            return matches.count == rest.count ? .remap(value, matches, otherwise: nil) : nil
        }
        guard rest.allSatisfy({ $0.name == nil }) else { return nil }
        let parts = rest.map(\.value)
        var matches: [Formula.Match] = []
        for index in stride(from: 0, to: parts.count - 1, by: 2) {
            guard let match = pattern(parts[index]) else { return nil }
            matches.append(.init(match: match, value: formula(parts[index + 1])))
        }
        return .remap(value, matches, otherwise: parts.count % 2 == 1 ? parts.last.map { formula($0) } : nil)
    }

    private mutating func pattern(_ expression: Expression) -> Formula.Pattern? {
        if let rule = Self.regex(expression) { return .regex(rule) }
        return expression.kind == .call && expression.word == "regex" ? nil : .value(formula(expression))
    }

    /// `regex("pattern", "flags")`, or a word `/pattern/flags`.
    static func regex(_ expression: Expression) -> RegexRule? {
        if expression.kind == .call, expression.word == "regex" {
            guard let words = expression.words, (1...2).contains(words.count) else { return nil }
            return RegexRule(pattern: words[0], flags: words.count == 2 ? words[1] : "")
        }
        let word = expression.word
        guard expression.kind == .word, word.utf8.count > 2, word.hasPrefix("/") else { return nil }
        guard let end = word.utf8.lastIndex(of: UInt8(ascii: "/")), end > word.startIndex else { return nil }
        return RegexRule(literal: word)
    }

    private mutating func environment(_ call: Expression) -> Formula? {
        guard let names = call.words, !names.isEmpty else { return nil }
        guard let environmentName else {
            problems.append(.init(.badArgument, "forEnv without @currentEnv", call.offset))
            return .unknown
        }
        return .some(names.map { .equal(.reference(environmentName), .text($0)) })
    }

    // MARK: References in text

    /// `$NAME`, `${NAME}`, `${NAME:-text}` and `${NAME-text}` in a text.
    private mutating func expand(_ expression: Expression) -> Formula {
        let text = Array(expression.word.utf8)
        var parts: [Formula] = []
        var literal: [UInt8] = []
        var cursor = ByteCursor(text)
        while let byte = cursor.peek() {
            if byte == ASCII.backslash, cursor.peek(1) == ASCII.dollar {
                literal.append(ASCII.dollar)
                cursor.offset += 2
            } else if byte == ASCII.dollar, let part = reference(&cursor, at: expression.offset) {
                if !literal.isEmpty { parts.append(.text(literal.text)) }
                literal = []
                parts.append(part)
            } else {
                literal.append(byte)
                cursor.offset += 1
            }
        }
        if !literal.isEmpty || parts.isEmpty { parts.append(.text(literal.text)) }
        return parts.count == 1 ? parts[0] : .concat(parts)
    }

    /// At a dollar sign; nil, and the cursor where it was, where it begins no reference.
    private mutating func reference(_ cursor: inout ByteCursor, at offset: Int) -> Formula? {
        let start = cursor.offset
        cursor.offset += 1
        if cursor.peek() == UInt8(ascii: "(") {
            problems.append(.init(.notSupported, "$(…)", offset))
            cursor.offset = cursor.bytes.count
            return .unknown
        }
        let isBraced = cursor.take(ASCII.openBrace)
        let nameStart = cursor.offset
        if cursor.peek()?.startsName == true { cursor.skip { $0.continuesName } }
        let name = cursor.bytes[nameStart..<cursor.offset].text
        guard !name.isEmpty else {
            cursor.offset = start
            return nil
        }
        if !isBraced || cursor.take(ASCII.closeBrace) { return .reference(name) }
        _ = cursor.take(ASCII.colon)
        guard cursor.take(UInt8(ascii: "-")), let end = cursor.find(ASCII.closeBrace) else {
            cursor.offset = start
            return nil
        }
        let standard = cursor.bytes[cursor.offset..<end].text
        cursor.offset = end + 1
        return .fallback([.reference(name), .text(standard)])
    }
}
