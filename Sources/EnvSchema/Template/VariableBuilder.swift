/// Makes a variable of an assignment in the template and the comments above it.
struct VariableBuilder {
    struct Problem {
        var code: TemplateProblem.Code
        var subject: String
        var offset: Int
    }

    private(set) var problems: [Problem] = []
    private let block: CommentBlock
    private let root: [String: String]
    private var variable: Variable

    init(_ assignment: Assignment, block: CommentBlock, section: String, root: [String: String]) {
        self.block = block
        self.root = root
        variable = Variable(
            name: assignment.name, section: section, help: block.help.joined(separator: "\n"), type: .string,
            defaultValue: assignment.value.isEmpty ? nil : assignment.value, requirement: .never, isSecret: false,
            position: assignment.position)
    }

    mutating func build() -> Variable {
        applyRootDefaults()
        for entry in block.decorators { apply(decorator: entry) }
        for entry in block.notes { apply(note: entry) }
        return variable
    }

    /// @env-spec's own defaults: required when the template gives a value, sensitive unless said otherwise.
    private mutating func applyRootDefaults() {
        switch root["defaultRequired"] {
        case "true": variable.requirement = .always
        case "false": variable.requirement = .never
        default: variable.requirement = variable.defaultValue == nil ? .never : .always
        }
        variable.isSecret = root["defaultSensitive"] != "false"
    }

    // MARK: Decorators

    private mutating func apply(decorator entry: Entry) {
        switch entry.name {
        case "required": require(entry)
        case "optional": variable.requirement = .never
        case "sensitive": variable.isSecret = entry.value?.word != "false"
        case "public": variable.isSecret = entry.value?.word == "false"
        case "example": variable.example = entry.value?.word
        case "type": applyType(entry)
        default: break
        }
    }

    private mutating func require(_ entry: Entry) {
        guard let value = entry.value else { return variable.requirement = .always }
        if value.word == "eq", let arguments = value.positional, arguments.count == 2, arguments[0].hasPrefix("$")
        {
            let name = String(arguments[0].dropFirst())
            variable.requirement = .whenEqual(variable: name, value: arguments[1])
        } else if value.arguments == nil, value.word == "true" || value.word == "false" {
            variable.requirement = value.word == "true" ? .always : .never
        } else {
            problem(.badArgument, value.word, value.offset)
        }
    }

    private mutating func applyType(_ entry: Entry) {
        guard let value = entry.value else { return problem(.malformedDecorator, "type", entry.offset) }
        var reader = TypeReader(value)
        if let type = reader.read() { variable.type = type }
        variable.text = reader.text
        for (code, subject) in reader.problems { problem(code, subject, value.offset) }
    }

    // MARK: Notes

    private mutating func apply(note entry: Entry) {
        guard Self.notes.contains(entry.name) else { return problem(.unknownNote, entry.name, entry.offset) }
        guard apply(note: entry.name, entry.value) else {
            return problem(.badArgument, entry.value?.word ?? entry.name, entry.value?.offset ?? entry.offset)
        }
    }

    private static let notes: Set = [
        "for", "local", "generate", "binds", "given", "listen", "count", "type", "applies",
    ]

    private mutating func apply(note name: String, _ value: Expression?) -> Bool {
        guard let value else {
            variable.isGiven = variable.isGiven || name == "given"
            return name == "given"
        }
        switch name {
        case "for": variable.consumers = value.word.split(separator: ",").map(String.init)
        case "local": variable.localValue = value.word
        case "binds":
            variable.bindsData = value.word == "data"
            return variable.bindsData
        case "generate":
            variable.generation = Self.policy(value)
            return variable.generation != nil
        case "applies":
            variable.applicability = Self.applicability(value)
            return variable.applicability != nil
        case "listen":
            variable.listen = Variable.Listen.Kind(rawValue: value.word).map { .init(kind: $0) }
            return variable.listen != nil
        case "count":
            guard let count = Int(value.word), count > 0, variable.listen != nil else { return false }
            variable.listen?.count = count
        case "type":
            guard let type = ExtraType.read(value) else { return false }
            variable.type = type
        default: return false
        }
        return true
    }

    /// `set(NAME)`, `eq(NAME, value)` or `not-eq(NAME, value)`.
    private static func applicability(_ value: Expression) -> Variable.Applicability? {
        switch (value.word, value.positional ?? []) {
        case ("set", let words) where words.count == 1: .whenSet(words[0])
        case ("eq", let words) where words.count == 2: .whenEqual(variable: words[0], value: words[1])
        case ("not-eq", let words) where words.count == 2: .unlessEqual(variable: words[0], value: words[1])
        default: nil
        }
    }

    private static func policy(_ value: Expression) -> GenerationPolicy? {
        guard let arguments = value.positional, arguments.count == 1, let number = Int(arguments[0]), number > 0
        else { return nil }
        switch value.word {
        case "url-safe": return .urlSafe(length: number)
        case "hex": return .hex(bytes: number)
        default: return nil
        }
    }

    private mutating func problem(_ code: TemplateProblem.Code, _ subject: String, _ offset: Int) {
        problems.append(Problem(code: code, subject: subject, offset: offset))
    }
}
