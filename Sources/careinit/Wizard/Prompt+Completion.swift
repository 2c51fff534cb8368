import EnvSchema

extension Prompt {
    /// The same, with what the schema knows of the answers to the question; relative paths start in the folder.
    func completed(for question: Question, schema: Schema, folder: String) -> Prompt {
        var prompt = self
        switch question {
        case .variable(let asked):
            if let variable = schema.variables.first(where: { $0.name == asked.name }) {
                prompt.completion = ValueCompletion(variable: variable, folder: folder)
            }
        case .review, .retired, .start: prompt.dropsTypeAhead = true
        default: break
        }
        return prompt
    }
}
