/// The options of a type, such as `min=1`, taken one by one; what is left over is unknown.
struct TypeOptions {
    private var options: [String: Expression] = [:]
    /// The arguments without names.
    private(set) var positional: [Expression] = []
    private(set) var problems: [TemplateProblem.Note] = []

    init(_ arguments: [Expression.Argument]) {
        for argument in arguments {
            if let name = argument.name {
                options[name] = argument.value
            } else {
                positional.append(argument.value)
            }
        }
    }

    /// The option as `read` makes it of its word; nil where it is not given, or not what may stand there.
    mutating func take<Value>(_ name: String, _ read: (String) -> Value?) -> Value? {
        takeExpression(name) { $0.isPlain ? read($0.word) : nil }
    }

    /// As `take`, for more than a word; `calls` are the functions that may stand there.
    mutating func takeExpression<Value>(
        _ name: String, calls: Set<String> = ["regex"], _ read: (Expression) -> Value?
    ) -> Value? {
        guard let expression = options.removeValue(forKey: name) else { return nil }
        // An option that depends on other variables is another tool's to resolve; without it the type still counts.
        if expression.kind == .call, !calls.contains(expression.word) {
            problems.append(.init(.notSupported, "the option \(name)=\(expression.word)()", expression.offset))
            return nil
        }
        let value = read(expression)
        if value == nil { problems.append(.init(.badArgument, expression.word, expression.offset)) }
        return value
    }

    /// A list `[a, b]`, or one word.
    mutating func takeList(_ name: String) -> [String]? {
        takeExpression(name) { expression in
            if expression.isPlain { return [expression.word] }
            guard expression.kind == .list, let values = expression.positional, !values.isEmpty,
                values.allSatisfy(\.isPlain)
            else { return nil }
            return values.map(\.word)
        }
    }

    /// A type, as the options `keyType` and the like have it.
    mutating func takeType(_ name: String) -> TypeRule? {
        takeExpression(name, calls: TypeReader.names) { expression in
            var reader = TypeReader(expression)
            let rule = reader.read()
            return reader.problems.isEmpty ? rule : nil
        }
    }

    /// What nothing has taken.
    var leftOver: [TemplateProblem.Note] {
        problems
            + options.sorted { $0.value.offset < $1.value.offset }
            .map { TemplateProblem.Note(.unknownOption, $0.key, $0.value.offset) }
    }
}
