/// Holds a `.env` file against its schema.
package struct Checker: Sendable {
    private let schema: Schema

    package init(schema: Schema) { self.schema = schema }

    /// Everything that is wrong, by place.
    package func findings(in document: EnvDocument) -> [Finding] {
        let values = Values(document, schema)
        var findings = document.problems
        findings += NameCheck(schema: schema).findings(in: document)
        findings += UnmarkedSecretCheck(schema: schema).findings(in: document)
        var wrong = Set(document.assignments.lazy.filter(\.hasProblem).map(\.name))
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

    private func valueFindings(of variable: Variable, _ values: Values, _ document: EnvDocument) -> [Finding] {
        let place = document.place(of: variable.name)
        guard let value = values[variable.name] else {
            return isRequired(variable, values) ? [variable.missing()].placed(at: place) : []
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

    private func isRequired(_ variable: Variable, _ values: Values) -> Bool {
        switch variable.requirement {
        case .always: true
        case .never: false
        case .whenEqual(let other, let value): values[other] == value
        }
    }

    /// `example.org` and its like, in an installation for real residents.
    private func isReservedAddress(_ value: String, _ variable: Variable, _ values: Values) -> Bool {
        guard let kind = schema.environmentName, values[kind] == "production" else { return false }
        switch variable.type {
        case .url, .origin: return AddressSyntax.web(value).map { Placeholder.isReservedDomain($0.host) } ?? false
        case .email: return Placeholder.isReservedDomain(String(value.drop { $0 != "@" }.dropFirst()))
        case .hostname: return Placeholder.isReservedDomain(value)
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
            if let value, !value.isEmpty { values[variable.name] = value }
        }
    }

    subscript(name: String) -> String? { values[name] }
}

extension EnvDocument {
    /// Where the variable's value stands, or would stand.
    func place(of name: String) -> SourcePosition { assignment(of: name)?.valuePosition ?? end }
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
