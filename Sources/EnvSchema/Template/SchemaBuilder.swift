/// Walks the template's items and collects sections, variables, rules and problems.
struct SchemaBuilder {
    private let document: EnvDocument
    private(set) var sections: [Schema.Section] = []
    private(set) var rules: [Rule] = []
    private(set) var retired: [RetiredName] = []
    private(set) var problems: [TemplateProblem] = []
    private var block = CommentBlock()
    private var root = RootSettings()
    private var positions: [String: SourcePosition] = [:]
    /// Up to here everything is read, where an expression goes on over several lines.
    private var readUpTo = 0
    /// Where the template's own syntax was read, in which Docker Compose sees mistakes.
    private var expressions: [Range<SourcePosition>] = []
    /// Whether a plugin may bring decorators that are not known here.
    private var hasPlugins = false

    init(_ document: EnvDocument) { self.document = document }

    var environmentName: String? { root.environmentName }

    var problemsInOrder: [TemplateProblem] { problems.sorted { $0.position < $1.position } }

    mutating func build() {
        root.isPlain = !document.items.contains { isAnnotation($0) }
        for item in document.items where item.range.lowerBound >= readUpTo {
            switch item.kind {
            case .comment: comment(item.range)
            case .assignment(let index): variable(document.assignments[index], item.range)
            case .blank, .unreadable: endBlock()
            case .byteOrderMark: break
            }
        }
        endBlock()
        reportSyntax()
        if root.isDisabled { (sections, rules) = ([], []) }
        checkNames()
    }

    private func isAnnotation(_ item: Item) -> Bool {
        guard item.kind == .comment, let line = CommentLine(document.bytes, item.range) else { return false }
        return line.isDecorated(in: document.bytes) || line.notes(in: document.bytes) != nil
    }

    /// What Docker Compose cannot read, but for the template's own syntax. What nobody annotated is somebody's example: what
    /// can be read of it counts.
    private mutating func reportSyntax() {
        for finding in document.problems where !root.isPlain || Self.unreadable.contains(finding.code) {
            let position = finding.position ?? document.end
            if expressions.contains(where: { $0.contains(position) }) { continue }
            problem(.syntax, finding.code.rawValue, position)
        }
    }

    private static let unreadable: Set<FindingCode> = [
        .missingEquals, .invalidName, .unterminatedQuote, .textAfterQuote, .notUTF8, .nulByte,
    ]

    // MARK: Comments

    private mutating func comment(_ range: Range<Int>) {
        guard let line = CommentLine(document.bytes, range) else { return }
        if line.isDivider(in: document.bytes) { return divider() }
        if line.isDecorated(in: document.bytes) {
            decorators(at: line.content.lowerBound)
        } else if let start = line.notes(in: document.bytes) {
            note(at: start)
        } else {
            block.help.append(document.bytes[line.content].text)
        }
    }

    /// A title is a single line between two dividers.
    private mutating func divider() {
        if block.opensAfterDivider, block.help.count == 1, block.isOnlyText {
            sections.append(.init(title: block.help[0], variables: []))
            block = CommentBlock()
        } else {
            endBlock()
            block.opensAfterDivider = true
        }
    }

    private mutating func decorators(at offset: Int) {
        for entry in entries(at: offset, in: .decorators, malformed: .malformedDecorator) {
            // `@proxy` stands in headers and above variables.
            if Decorators.item.contains(entry.name), !Decorators.otherTools.contains(entry.name) {
                block.decorators.append(entry)
            } else if Decorators.root.contains(entry.name) {
                root.set(entry.name, entry.value)
            } else if Decorators.unsupported.contains(entry.name) {
                hasPlugins = hasPlugins || entry.name == "plugin"
                report(.notSupported, "@" + entry.name, at: entry.offset)
            } else if !Decorators.otherTools.contains(entry.name), !Decorators.remarks.contains(entry.name) {
                report(hasPlugins ? .notSupported : .unknownDecorator, entry.name, at: entry.offset)
            }
        }
    }

    private mutating func note(at offset: Int) {
        let entries = entries(at: offset, in: .notes, malformed: .unknownNote)
        guard let first = entries.first else { return }
        switch first.name {
        case "rule": rule(first)
        case "retired": retire(first, entries.dropFirst())
        default: block.notes += entries
        }
    }

    private mutating func entries(
        at offset: Int, in place: ExpressionParser.Place, malformed: TemplateProblem.Code
    ) -> [Entry] {
        var parser = ExpressionParser(document.bytes, at: offset, in: place)
        let (entries, failure) = parser.entries()
        if let failure {
            let line = document.bytes[failure...].prefix { $0 != ASCII.lineFeed }
            report(malformed, line.trimmed.text, at: failure)
        } else {
            readUpTo = max(readUpTo, parser.cursor)
        }
        return entries
    }

    /// At a blank line or a divider: what stood before it belongs to no variable.
    private mutating func endBlock() {
        for entry in block.decorators + block.notes { report(.malformedDecorator, entry.name, at: entry.offset) }
        block = CommentBlock()
    }

    // MARK: Variables

    private mutating func variable(_ assignment: Assignment, _ range: Range<Int>) {
        let value = value(of: assignment)
        behindValue(assignment, range)
        var builder = VariableBuilder(
            assignment, block: block, section: sections.last?.title ?? "", root: root)
        let variable = builder.build(value: value)
        for problem in builder.problems { report(problem.code, problem.subject, at: problem.offset) }
        if positions.updateValue(assignment.position, forKey: assignment.name) != nil {
            problem(.duplicateVariable, assignment.name, assignment.position)
        }
        if sections.isEmpty { sections.append(.init(title: "", variables: [])) }
        sections[sections.count - 1].variables.append(variable)
        block = CommentBlock()
    }

    /// The value as an expression; nil for a quoted or empty text, and for what only looks like a list.
    private mutating func value(of assignment: Assignment) -> Expression? {
        let start = assignment.valueRange.lowerBound
        // Without annotations, `$` and brackets are text.
        guard !root.isPlain, let first = document.bytes[start...].first, first != ASCII.singleQuote else {
            return nil
        }
        let isText = first == ASCII.doubleQuote && !document.bytes[assignment.valueRange].contains(ASCII.dollar)
        guard !isText, !assignment.valueRange.isEmpty else { return nil }
        var parser = ExpressionParser(document.bytes, at: start, in: .value)
        guard let expression = parser.expression() else { return nil }
        switch expression.kind {
        case .list, .record: return nil
        case .word where !expression.word.utf8.contains(ASCII.dollar):
            return Expression(kind: .word, word: assignment.value, offset: start)
        case .call, .word, .text:
            readUpTo = max(readUpTo, parser.cursor)
            expressions.append(document.position(of: start)..<document.position(of: parser.cursor))
            return expression
        }
    }

    /// Decorators may also stand behind the value.
    private mutating func behindValue(_ assignment: Assignment, _ range: Range<Int>) {
        let start = max(assignment.valueRange.upperBound, readUpTo)
        guard start < range.upperBound, let line = CommentLine(document.bytes, start..<range.upperBound),
            line.isDecorated(in: document.bytes)
        else { return }
        decorators(at: line.content.lowerBound)
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
        for (name, position) in namesUsed(by: variables) where positions[name] == nil {
            problem(.unknownVariable, name, position)
        }
        for name in retired where positions[name.name] != nil {
            problem(.duplicateVariable, name.name, name.position)
        }
        for variable in EvaluationOrder.of(variables).cyclic {
            problem(.cyclicReference, variable.name, variable.position)
        }
        // What stands in the place of a value that a person must choose is a placeholder, and `check` says so.
        for variable in variables where !variable.isSecret {
            guard let value = variable.defaultValue else { continue }
            let findings = variable.valueFindings(for: value)
            if findings.contains(where: { $0.code != .placeholder }) {
                problem(.invalidDefault, variable.name, variable.position)
            }
        }
    }

    private func namesUsed(by variables: [Variable]) -> [(String, SourcePosition)] {
        var used: [(String, SourcePosition)] = []
        for variable in variables {
            if case .when(let formula) = variable.requirement {
                used += formula.references.map { ($0, variable.position) }
            }
            used += (variable.defaultFormula?.references ?? []).map { ($0, variable.position) }
            if let applicability = variable.applicability {
                used.append((applicability.variable, variable.position))
            }
        }
        used += rules.flatMap { rule in rule.variables.map { ($0, rule.position) } }
        used += retired.compactMap { retired in retired.replacement.map { ($0, retired.position) } }
        return used
    }

    private mutating func report(_ code: TemplateProblem.Code, _ subject: String, at offset: Int) {
        problem(code, subject, document.position(of: offset))
    }

    private mutating func problem(_ code: TemplateProblem.Code, _ subject: String, _ position: SourcePosition) {
        problems.append(TemplateProblem(code: code, position: position, subject: subject))
    }
}
