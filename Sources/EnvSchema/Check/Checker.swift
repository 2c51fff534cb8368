/// Holds a `.env` file against its schema.
package struct Checker: Sendable {
    private let schema: Schema

    package init(schema: Schema) { self.schema = schema }

    /// Everything that is wrong, by place.
    package func findings(in document: EnvDocument) -> [Finding] {
        let values = Values(document, schema)
        var findings = document.problems
        findings += NameCheck(schema: schema).findings(in: document) + unsupported
        findings += UnmarkedSecretCheck(schema: schema).findings(in: document)
        var wrong = document.unreadableNames
        for variable in schema.variables where !wrong.contains(variable.name) {
            let found = valueFindings(of: variable, values, document)
            if !found.isEmpty { wrong.insert(variable.name) }
            findings += found
        }
        let reused = ReuseCheck(schema: schema, wrong: wrong).findings(values, document)
        findings += reused
        findings += RuleCheck(schema: schema, values: values, document: document, wrong: wrong).findings(reused)
        return findings.inOrder()
    }

    /// What the template leaves to other tools.
    private var unsupported: [Finding] {
        schema.unsupported.map { problem in
            let place = "\(problem.position.line):\(problem.position.column) of the template"
            return Finding(.notSupported, context: .init(expected: "\(problem.subject) at \(place)"))
        }
    }

    private func valueFindings(of variable: Variable, _ values: Values, _ document: EnvDocument) -> [Finding] {
        let place = document.place(of: variable.name)
        guard let value = values[variable.name] else {
            let isMissing = variable.requirement.holds { values[$0] } && !variable.isMadeElsewhere(in: document)
            return isMissing ? [variable.missing()].placed(at: place) : []
        }
        let findings = variable.valueFindings(for: value)
        if findings.isEmpty, isReservedAddress(value, variable, values) {
            return [
                Finding(
                    .placeholder, variable: variable.name, at: place,
                    context: .init(expected: variable.expectation))
            ]
        }
        return findings.placed(at: place)
    }

    /// `example.org` and its like, in an installation for real residents.
    private func isReservedAddress(_ value: String, _ variable: Variable, _ values: Values) -> Bool {
        guard let kind = schema.environmentName, values[kind] == "production" else { return false }
        switch variable.type {
        case .url, .origin: return AddressSyntax.url(value).map { Placeholder.isReservedDomain($0.host) } ?? false
        case .email: return Placeholder.isReservedDomain(String(value.drop { $0 != "@" }.dropFirst()))
        case .hostname, .domain: return Placeholder.isReservedDomain(value)
        default: return false
        }
    }
}

/// What each variable of the schema holds: the file's value, or else the default; nil where that is empty.
struct Values {
    private var values: [String: String] = [:]

    init(_ document: EnvDocument, _ schema: Schema) {
        for variable in schema.variables {
            let value = document.value(of: variable.name) ?? variable.defaultValue
            if let value, !value.isEmpty { values[variable.name] = variable.type.canonical(value) }
        }
        for variable in schema.computed where document.assignment(of: variable.name) == nil {
            let value = variable.defaultFormula?.evaluate { values[$0] }
            if let value, !value.isEmpty { values[variable.name] = variable.type.canonical(value) }
        }
    }

    subscript(name: String) -> String? { values[name] }
}

extension EnvDocument {
    /// The names whose value cannot be read as its author meant it.
    var unreadableNames: Set<String> {
        Set(tree.records.lazy.filter(\.hasProblem).map { tree.bytes[$0.nameRange].text })
    }

    /// Where the variable's value stands, or would stand.
    func place(of name: String) -> SourcePosition { assignment(of: name)?.valuePosition ?? end }
}

extension Variable {
    /// Whether the template leaves the value to another tool, so that nothing is missing from the file.
    fileprivate func isMadeElsewhere(in document: EnvDocument) -> Bool {
        document.assignment(of: name) == nil && defaultFormula?.isUnknown == true
    }
}

extension ValueType {
    /// The form of the value that rules compare: `true` for `yes`, where the type is boolean.
    fileprivate func canonical(_ value: String) -> String {
        guard self == .boolean, let isTrue = BooleanSyntax.parse(value) else { return value }
        return isTrue ? "true" : "false"
    }
}

extension [Finding] {
    fileprivate func placed(at position: SourcePosition) -> [Finding] {
        map { finding in
            var finding = finding
            finding.position = position
            return finding
        }
    }
}
