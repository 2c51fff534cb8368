import EnvSchema

extension AnswerSheet {
    /// The `.env` that the answers make: the existing one edited in place, or a new one from the template.
    ///
    /// What an existing file leaves to the template's defaults stays left to them.
    func document() -> EnvDocument {
        var document = existingDocument ?? EnvironmentScaffold.document(from: template)
        for name in removed.sorted() { _ = document.drop(name) }
        for variable in schema.variables {
            guard let answer = answer(for: variable), document.value(of: variable.name) != answer.value else {
                continue
            }
            let isImplied = existingDocument != nil && document.value(of: variable.name) == nil
            if isImplied, answer.source == .template || answer.value.isEmpty { continue }
            document.set(variable.name, to: answer.value)
        }
        return document
    }

    /// The names whose values differ from those of the existing file, in the template's order.
    func changes(in document: EnvDocument) -> [String] {
        schema.variables.map(\.name).filter { inputs.existing?.value(of: $0) != document.value(of: $0) }
    }

    /// Everything that is wrong with the answers, all at once.
    func findings() -> [Finding] {
        Checker(schema: schema).findings(in: document())
    }

    /// What is wrong with the answers as such, whatever else stands in the file: after each answer, so it must be quick.
    func answerFindings() -> [Finding] {
        var document = EnvDocument(parsing: [])
        for variable in schema.variables {
            guard let value = answer(for: variable)?.value, value != variable.defaultValue ?? "" else { continue }
            document.set(variable.name, to: value)
        }
        return Checker(schema: schema).findings(in: document)
    }

    /// A file without any assignment is as good as none.
    private var existingDocument: EnvDocument? {
        inputs.existing.flatMap { $0.assignments.isEmpty && $0.problems.isEmpty ? nil : $0 }
    }
}
