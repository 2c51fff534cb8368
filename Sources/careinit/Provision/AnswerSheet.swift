import EnvSchema

/// The answers to the template's variables: what is proposed, what was said, what applies, and the `.env` they make.
///
/// Pure: the wizard walks over it, `provision` reads it as it is.
struct AnswerSheet: Sendable {
    let schema: Schema
    let template: EnvDocument
    var inputs: AnswerInputs
    /// What was typed in this run.
    private(set) var typed: [String: String] = [:]
    /// Retired variables of the existing file that are to go.
    var removed: Set<String> = []
    /// Proofs that failed, and that the operator goes on without; what failed and why, for people.
    var acceptedFailures: [String] = []

    init(schema: Schema, template: EnvDocument, inputs: AnswerInputs) {
        self.schema = schema
        self.template = template
        self.inputs = inputs
    }

    mutating func take(_ value: String, for name: String) { typed[name] = value }
    /// Goes back to the proposal.
    mutating func forget(_ name: String) { typed[name] = nil }

    /// The answer that stands now; nil where there is none yet.
    func answer(for variable: Variable) -> Proposal? {
        typed[variable.name].map { Proposal(value: $0, source: .typed) } ?? proposal(for: variable)
    }

    /// The value that stands now; empty where there is none.
    func value(of name: String) -> String {
        schema[name].flatMap { answer(for: $0)?.value } ?? ""
    }

    /// The value by precedence: `--set`, answers file, existing `.env`, generated, profile, template.
    func proposal(for variable: Variable) -> Proposal? {
        let name = variable.name
        if let value = inputs.set[name] { return Proposal(value: value, source: .set) }
        if let value = inputs.answers[name] { return Proposal(value: value, source: .answers) }
        if let value = existingValue(of: variable) { return Proposal(value: value, source: .existing) }
        if let value = inputs.generated[name] { return Proposal(value: value, source: .generated) }
        return defaultProposal(for: variable)
    }

    /// What the profile and the template offer.
    func defaultProposal(for variable: Variable) -> Proposal? {
        if inputs.profile == .local {
            if let free = inputs.freePorts[variable.name] {
                return Proposal(value: String(free.port), source: .freePort)
            }
            if let local = variable.localValue { return Proposal(value: expand(local), source: .profile) }
        }
        let value = variable.defaultValue ?? variable.defaultFormula?.evaluate { self.value(of: $0) } ?? ""
        return value.isEmpty && isRequired(variable) ? nil : Proposal(value: value, source: .template)
    }

    /// Whether the stack cannot do without it, as things stand.
    func isRequired(_ variable: Variable) -> Bool {
        variable.requirement.holds { value(of: $0) }
    }

    /// A value of the `.env` counts unless it is a placeholder, or empty where one is needed.
    private func existingValue(of variable: Variable) -> String? {
        guard let value = inputs.existing?.value(of: variable.name) else { return nil }
        if value.isEmpty {
            let isNeeded = variable.generation != nil || isRequired(variable)
            return isNeeded ? nil : value
        }
        return variable.findings(for: value).contains { $0.code == .placeholder } ? nil : value
    }

    /// Puts in the values of other variables for `${NAME}`.
    private func expand(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "$"), rest[start...].hasPrefix("${"),
            let end = rest[start...].firstIndex(of: "}")
        {
            let name = String(rest[rest.index(start, offsetBy: 2)..<end])
            result += rest[..<start] + value(of: name)
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
