import EnvSchema

/// What the template says of one variable, in words: the same for `explain` and the reference.
struct VariableFacts: Encodable {
    var name: String
    var section: String
    var help: String
    var type: String
    var isSecret: Bool
    /// nil where nothing holds unless the `.env` says so.
    var defaultValue: String?
    /// How a default is made of other variables; nil where it is a text.
    var computed: String?
    var required: String
    var readBy: [String]
    /// The languages of the files that its value is put into.
    var writtenInto: [String]?
    var rules: [String]
    /// Addresses of documentation elsewhere.
    var links: [String]?
    /// How its value changes in a stack that runs.
    var change: String

    init(_ variable: Variable, in schema: Schema) {
        name = variable.name
        section = variable.section
        help = variable.help.split(whereSeparator: \.isNewline).joined(separator: " ")
        type = variable.expectation
        isSecret = variable.isSecret
        defaultValue = variable.isSecret ? nil : variable.defaultValue.flatMap { $0.isEmpty ? nil : $0 }
        computed = variable.defaultFormula?.sentence
        required = Self.required(variable)
        readBy = variable.consumers
        writtenInto = variable.splices.isEmpty ? nil : variable.splices.map(\.title)
        rules = schema.rules.filter { $0.variables.contains(variable.name) }.map(\.sentence)
        links = variable.links.isEmpty ? nil : variable.links.map(\.address)
        change = Self.change(variable)
    }

    /// The first sentence of the help.
    var summary: String {
        help.firstRange(of: ". ").map { String(help[..<$0.lowerBound]) + "." } ?? help
    }

    private static func required(_ variable: Variable) -> String {
        switch variable.requirement {
        case .always: applicability(variable).map { "where \($0)" } ?? "always"
        case .never: "no"
        case .when(let formula): "where \(formula.sentence)"
        }
    }

    private static func applicability(_ variable: Variable) -> String? {
        switch variable.applicability {
        case .whenSet(let name): "\(name) is set"
        case .whenEqual(let name, let value): "\(name)=\(value)"
        case .unlessEqual(let name, let value): "\(name) is not \(value)"
        case nil: nil
        }
    }

    private static func change(_ variable: Variable) -> String {
        if variable.bindsData {
            return "not by an edit: the stored data were made with it, and careinit up refuses another value"
        }
        let edit = variable.generation == nil ? "edit it" : "put in a new one (careinit wizard generates it)"
        return "\(edit), then careinit up applies it"
    }

    /// Label and text of each fact, for people.
    var rows: [(label: String, text: String)] {
        var rows = [("Type", isSecret ? "\(type), secret" : type)]
        if let defaultValue { rows.append(("Default", defaultValue)) }
        if let computed { rows.append(("Default", computed)) }
        rows.append(("Required", required))
        rows.append(("Read by", readBy.isEmpty ? "nothing" : readBy.joined(separator: ", ")))
        if let writtenInto { rows.append(("Goes into", writtenInto.joined(separator: ", "))) }
        rows += rules.map { ("Rule", $0) }
        rows += (links ?? []).map { ("See", $0) }
        rows.append(("Change", change))
        return rows
    }
}

extension Rule {
    /// What must hold, in one sentence without a full stop.
    var sentence: String {
        switch kind {
        case .lessThan(let first, let second): "\(first) is less than \(second)"
        case .atMost(let first, let second): "\(first) is not more than \(second)"
        case .distinct(let names): "\(names.joined(separator: ", ")) are all different"
        case .allOrNone(let names): "\(names.joined(separator: ", ")) are set together, or none of them"
        case .ifAndOnlyIf(let first, let second):
            "\(first.variable)=\(first.value) if and only if \(second.variable)=\(second.value)"
        case .implies(let first, let second):
            "\(first.variable)=\(first.value) wants \(second.variable)=\(second.value)"
        case .oneOf(let names): "exactly one of \(names.joined(separator: ", ")) is set"
        case .requires(let first, let second): "\(first) needs \(second)"
        }
    }
}
