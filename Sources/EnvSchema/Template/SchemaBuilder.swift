/// Walks the template's items and collects sections, variables, rules and problems.
struct SchemaBuilder {
    private let document: EnvDocument
    private(set) var sections: [Schema.Section] = []
    private(set) var rules: [Rule] = []
    private(set) var retired: [RetiredName] = []
    private(set) var problems: [TemplateProblem] = []
    private var block = CommentBlock()
    private var rootDecorators: [String: String] = [:]
    private var positions: [String: SourcePosition] = [:]

    init(_ document: EnvDocument) { self.document = document }

    /// `@currentEnv=$NAME`.
    var environmentName: String? {
        rootDecorators["currentEnv"].flatMap { $0.hasPrefix("$") ? String($0.dropFirst()) : nil }
    }

    var problemsInOrder: [TemplateProblem] { problems.sorted { $0.position < $1.position } }

    mutating func build() {
        for finding in document.problems {
            problems.append(
                TemplateProblem(
                    code: .syntax, position: finding.position ?? document.end, subject: finding.code.rawValue))
        }
        for item in document.items {
            switch item.kind {
            case .comment: comment(item.range)
            case .assignment(let index): variable(document.assignments[index])
            case .blank, .unreadable: endBlock()
            case .byteOrderMark: break
            }
        }
        endBlock()
        checkNames()
    }

    // MARK: Comments

    private mutating func comment(_ range: Range<Int>) {
        guard let line = CommentLine(document.bytes, range) else { return }
        if line.isDivider(in: document.bytes) {
            // A title is a single line between two dividers.
            if block.opensAfterDivider, block.help.count == 1, block.isOnlyText {
                sections.append(.init(title: block.help[0], variables: []))
                block = CommentBlock()
            } else {
                endBlock()
                block.opensAfterDivider = true
            }
            return
        }
        if line.isDecorated(in: document.bytes) {
            decorators(line.content)
        } else if let notes = line.notes(in: document.bytes) {
            note(notes)
        } else {
            block.help.append(document.bytes[line.content].text)
        }
    }

    private mutating func decorators(_ range: Range<Int>) {
        for entry in entries(range, isDecorated: true, malformed: .malformedDecorator) {
            if Decorators.root.contains(entry.name) {
                rootDecorators[entry.name] = entry.value?.word ?? "true"
            } else if Decorators.item.contains(entry.name) {
                block.decorators.append(entry)
            } else {
                report(.unknownDecorator, entry.name, at: entry.offset)
            }
        }
    }

    private mutating func note(_ range: Range<Int>) {
        let entries = entries(range, isDecorated: false, malformed: .unknownNote)
        guard let first = entries.first else { return }
        switch first.name {
        case "rule": rule(first)
        case "retired": retire(first, entries.dropFirst())
        default: block.notes += entries
        }
    }

    private mutating func entries(
        _ range: Range<Int>, isDecorated: Bool, malformed: TemplateProblem.Code
    ) -> [Entry] {
        var parser = EntryParser(document.bytes, range: range, isDecorated: isDecorated)
        let (entries, failure) = parser.entries()
        if let failure { report(malformed, document.bytes[failure..<range.upperBound].trimmed.text, at: failure) }
        return entries
    }

    /// At a blank line or a divider: what stood before it belongs to no variable.
    private mutating func endBlock() {
        for entry in block.decorators + block.notes { report(.malformedDecorator, entry.name, at: entry.offset) }
        block = CommentBlock()
    }

    // MARK: Variables

    private mutating func variable(_ assignment: Assignment) {
        var builder = VariableBuilder(
            assignment, block: block, section: sections.last?.title ?? "", root: rootDecorators)
        let variable = builder.build()
        for problem in builder.problems { report(problem.code, problem.subject, at: problem.offset) }
        if positions.updateValue(assignment.position, forKey: assignment.name) != nil {
            problem(.duplicateVariable, assignment.name, assignment.position)
        }
        if sections.isEmpty { sections.append(.init(title: "", variables: [])) }
        sections[sections.count - 1].variables.append(variable)
        block = CommentBlock()
    }

    // MARK: Rules and retired names

    private mutating func rule(_ entry: Entry) {
        let position = document.position(of: entry.offset)
        guard let kind = entry.value.flatMap(RuleParser.kind) else {
            return problem(.badArgument, entry.value?.word ?? entry.name, position)
        }
        rules.append(Rule(kind: kind, position: position))
    }

    private mutating func retire(_ entry: Entry, _ rest: ArraySlice<Entry>) {
        let position = document.position(of: entry.offset)
        guard let name = entry.value?.word else { return problem(.badArgument, entry.name, position) }
        var retiredName = RetiredName(name: name, position: position)
        for entry in rest {
            switch entry.name {
            case "use": retiredName.replacement = entry.value?.word
            case "because": retiredName.reason = entry.value?.word
            default: report(.unknownNote, entry.name, at: entry.offset)
            }
        }
        retired.append(retiredName)
    }

    // MARK: Consistency

    private mutating func checkNames() {
        let variables = sections.flatMap(\.variables)
        let requirements = variables.compactMap { variable -> (String, SourcePosition)? in
            guard case .whenEqual(let other, _) = variable.requirement else { return nil }
            return (other, variable.position)
        }
        let conditions = variables.compactMap { variable in
            variable.applicability.map { ($0.variable, variable.position) }
        }
        let used =
            requirements + conditions + rules.flatMap { rule in rule.variables.map { ($0, rule.position) } }
            + retired.compactMap { retired in retired.replacement.map { ($0, retired.position) } }
        for (name, position) in used where positions[name] == nil { problem(.unknownVariable, name, position) }
        for name in retired where positions[name.name] != nil {
            problem(.duplicateVariable, name.name, name.position)
        }
        // What stands in the place of a secret is a placeholder, and `check` says so.
        for variable in variables where !variable.isSecret {
            guard let value = variable.defaultValue, !variable.valueFindings(for: value).isEmpty else { continue }
            problem(.invalidDefault, variable.name, variable.position)
        }
    }

    private mutating func report(_ code: TemplateProblem.Code, _ subject: String, at offset: Int) {
        problem(code, subject, document.position(of: offset))
    }

    private mutating func problem(_ code: TemplateProblem.Code, _ subject: String, _ position: SourcePosition) {
        problems.append(TemplateProblem(code: code, position: position, subject: subject))
    }
}
