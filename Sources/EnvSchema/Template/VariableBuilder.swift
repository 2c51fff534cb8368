/// Makes a variable of an assignment in the template and the comments above it.
struct VariableBuilder {
    private(set) var problems: [TemplateProblem.Note] = []
    private let block: CommentBlock
    private let root: RootSettings
    private var variable: Variable

    init(_ assignment: Assignment, block: CommentBlock, section: String, root: RootSettings) {
        self.block = block
        self.root = root
        variable = Variable(
            name: assignment.name, section: section, help: block.help.joined(separator: "\n"), type: .string,
            defaultValue: assignment.value.isEmpty ? nil : assignment.value, requirement: .never, isSecret: false,
            position: assignment.position)
    }

    /// The variable; `value` is what stands behind its `=`, where that is more than a text.
    mutating func build(value: Expression?) -> Variable {
        if let value { apply(value: value) }
        applyRootDefaults()
        applyInference(isQuoted: value.map { $0.kind != .word } ?? true)
        for entry in block.decorators { apply(decorator: entry) }
        for entry in block.notes { apply(note: entry) }
        return variable
    }

    /// A formula takes the place of the text.
    private mutating func apply(value: Expression) {
        let formula = self.formula(value)
        switch formula {
        case .text(let text): variable.defaultValue = text.isEmpty ? nil : text
        case .undefined: variable.defaultValue = nil
        default:
            variable.defaultValue = nil
            variable.defaultFormula = formula
        }
    }

    /// `@env-spec`'s own defaults: required when the template gives a value, sensitive unless said otherwise.
    private mutating func applyRootDefaults() {
        let hasDefault = variable.defaultValue != nil || variable.defaultFormula != nil
        variable.requirement = root.isRequired ?? hasDefault ? .always : .never
        variable.isSecret = root.isSensitive(variable.name)
    }

    /// What a template without annotations says all the same.
    private mutating func applyInference(isQuoted: Bool) {
        guard root.isPlain else {
            if let value = variable.defaultValue, !isQuoted { variable.type = Inference.type(ofLiteral: value) }
            return
        }
        variable.isSecret = Inference.isSecret(variable.name)
        variable.requirement = .never
        if !variable.isSecret { variable.type = Inference.type(of: variable) }
    }

    // MARK: Decorators

    private mutating func apply(decorator entry: Entry) {
        switch entry.name {
        case "required": variable.requirement = requirement(entry, isNegated: false)
        case "optional": variable.requirement = requirement(entry, isNegated: true)
        case "sensitive": variable.isSecret = isTrue(entry) ?? true
        case "public": variable.isSecret = !(isTrue(entry) ?? false)
        case "example": variable.example = entry.value?.word
        case "type": applyType(entry)
        case "deprecated": applyDeprecation(entry)
        case "docs", "docsUrl": applyLink(entry)
        default: break
        }
    }

    private mutating func requirement(_ entry: Entry, isNegated: Bool) -> Variable.Requirement {
        guard let value = entry.value else { return isNegated ? .never : .always }
        if value.isPlain, value.word == "true" || value.word == "false" {
            return (value.word == "true") != isNegated ? .always : .never
        }
        guard value.kind == .call || value.word.hasPrefix("$") else {
            problems.append(.init(.badArgument, value.word, value.offset))
            return variable.requirement
        }
        let formula = formula(value)
        return .when(isNegated ? .not(formula) : formula)
    }

    /// Whether a decorator says yes; nil where only another variable tells.
    private func isTrue(_ entry: Entry) -> Bool? {
        guard let value = entry.value else { return true }
        if value.kind == .record {
            guard let enabled = value.arguments.first(where: { $0.name == "enabled" })?.value else { return true }
            return enabled.isPlain ? Bool(enabled.word) : nil
        }
        return value.isPlain ? Bool(value.word) : nil
    }

    private mutating func applyType(_ entry: Entry) {
        guard let value = entry.value else {
            return problems.append(.init(.malformedDecorator, "type", entry.offset))
        }
        var reader = TypeReader(value)
        if let rule = reader.read() { (variable.type, variable.text) = (rule.type, rule.text) }
        problems += reader.problems
    }

    private mutating func applyDeprecation(_ entry: Entry) {
        let word = entry.value?.word
        guard word != "false" else { return variable.deprecation = nil }
        variable.deprecation = .init(message: word == "true" ? nil : word)
    }

    /// `@docs(url)`, `@docs("title", url)` or `@docsUrl=url`.
    private mutating func applyLink(_ entry: Entry) {
        let words = entry.value.flatMap { $0.kind == .call ? $0.words : [$0.word] } ?? []
        switch words.count {
        case 1: variable.links.append(.init(address: words[0]))
        case 2: variable.links.append(.init(title: words[0], address: words[1]))
        default: problems.append(.init(.badArgument, entry.name, entry.offset))
        }
    }

    // MARK: Notes

    private mutating func apply(note entry: Entry) {
        guard let note = Self.notes[entry.name] else {
            return problems.append(.init(.unknownNote, entry.name, entry.offset))
        }
        guard note(&self, entry.value) else {
            let offset = entry.value?.offset ?? entry.offset
            return problems.append(.init(.badArgument, entry.value?.word ?? entry.name, offset))
        }
    }

    private typealias Note = @Sendable (inout VariableBuilder, Expression?) -> Bool

    /// What a `# careinit:` comment may say; false for what may not stand there.
    private static let notes: [String: Note] = [
        "for": { builder, value in
            builder.variable.consumers = (value?.word ?? "").split(separator: ",").map(String.init)
            return !builder.variable.consumers.isEmpty
        },
        "local": { builder, value in
            builder.variable.localValue = value?.word
            return value != nil
        },
        "given": { builder, value in
            builder.variable.isGiven = true
            return value == nil
        },
        "binds": { builder, value in
            builder.variable.bindsData = value?.word == "data"
            return builder.variable.bindsData
        },
        "generate": { builder, value in
            builder.variable.generation = value.flatMap(policy)
            return builder.variable.generation != nil
        },
        "applies": { builder, value in
            builder.variable.applicability = value.flatMap(applicability)
            return builder.variable.applicability != nil
        },
        "essential": { builder, value in
            guard let value else {
                builder.variable.essential = .yes
                return true
            }
            guard let condition = applicability(value) else { return false }
            builder.variable.essential = .when(condition)
            return true
        },
        "listen": { builder, value in
            builder.variable.listen = value.flatMap { Variable.Listen.Kind(rawValue: $0.word) }
                .map { .init(kind: $0) }
            return builder.variable.listen != nil
        },
        "count": { builder, value in
            guard let count = value.flatMap({ Int($0.word) }), count > 0 else { return false }
            builder.variable.listen?.count = count
            return builder.variable.listen != nil
        },
        "into": { builder, value in
            let words = (value?.word ?? "").split(separator: ",")
            builder.variable.splices = words.compactMap { Splice(rawValue: String($0)) }
            return !words.isEmpty && builder.variable.splices.count == words.count
        },
        "type": { builder, value in
            guard let value else { return false }
            var reader = TypeReader(value)
            guard let rule = reader.readAdded(), reader.problems.isEmpty else { return false }
            builder.variable.type = rule.type
            return true
        },
    ]

    /// `set(NAME)`, `eq(NAME, value)` or `not-eq(NAME, value)`.
    private static func applicability(_ value: Expression) -> Variable.Applicability? {
        switch (value.word, value.words ?? []) {
        case ("set", let words) where words.count == 1: .whenSet(words[0])
        case ("eq", let words) where words.count == 2: .whenEqual(variable: words[0], value: words[1])
        case ("not-eq", let words) where words.count == 2: .unlessEqual(variable: words[0], value: words[1])
        default: nil
        }
    }

    private static func policy(_ value: Expression) -> GenerationPolicy? {
        guard let words = value.words, words.count == 1, let number = Int(words[0]), number > 0 else {
            return nil
        }
        switch value.word {
        case "url-safe": return .urlSafe(length: number)
        case "hex": return .hex(bytes: number)
        default: return nil
        }
    }

    private mutating func formula(_ expression: Expression) -> Formula {
        var reader = FormulaReader(environmentName: root.environmentName)
        let formula = reader.formula(expression)
        problems += reader.problems
        return formula
    }
}
