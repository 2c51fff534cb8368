import EnvSchema

/// What a `.env` says otherwise than its template.
struct TemplateDifference: Equatable {
    enum Entry: Equatable {
        /// Only the template names it; its default holds.
        case missing(String, defaultValue: String?)
        /// Only the file names it: nothing reads it.
        case unknown(String)
        /// The value is not the default; nil for what may not be shown.
        case changed(String, from: String?, to: String?)
    }

    var entries: [Entry]

    init(_ document: EnvDocument, _ schema: Schema) {
        entries = schema.variables.compactMap { variable in
            let standard = variable.defaultValue ?? ""
            guard let value = document.value(of: variable.name) else {
                return .missing(variable.name, defaultValue: variable.isSecret ? nil : standard)
            }
            if value == standard { return nil }
            return schema.mayShow(value, of: variable.name)
                ? .changed(variable.name, from: standard, to: PrintableText.make(value, width: 120))
                : .changed(variable.name, from: nil, to: nil)
        }
        var seen: Set<String> = []
        for assignment in document.assignments
        where schema[assignment.name] == nil && seen.insert(assignment.name).inserted {
            entries.append(
                .unknown(VariableName.showable(assignment.name) ?? "(line \(assignment.position.line))"))
        }
    }

    var lines: [String] {
        entries.map { entry in
            switch entry {
            case .missing(let name, let value?) where !value.isEmpty: "- \(name)  not in the file: \(value) holds"
            case .missing(let name, _): "- \(name)  not in the file"
            case .unknown(let name): "+ \(name)  not in the template: nothing reads it"
            case .changed(let name, let from?, let to?):
                "~ \(name)  \(to.isEmpty ? "(empty)" : to), default \(from.isEmpty ? "(empty)" : from)"
            case .changed(let name, _, _): "~ \(name)  ********"
            }
        }
    }
}
