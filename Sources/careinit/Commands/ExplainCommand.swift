import EnvSchema

/// `careinit explain`: what the template says of a variable.
enum ExplainCommand {
    static let command = Command(
        name: "explain",
        summary: "Show what a variable is for, its type, its default, who reads it and how it changes.",
        arguments: [.init(name: "NAME", help: "The variable (default: a list of all).")],
        options: [
            .init(
                name: "--format", value: "FORMAT", help: "text (default), json, markdown or json-schema.",
                values: Format.allCases.map(\.rawValue)),
            .init(name: "--template", value: "FILE", help: "Ask this template instead of careinit's own."),
            .json,
        ],
        examples: [
            .init(line: "careinit explain DB_POOL_MAX", meaning: "All about one variable."),
            .init(line: "careinit explain --format markdown", meaning: "The reference of all of them."),
            .init(
                line: "careinit explain --format json-schema",
                meaning: "The JSON Schema of a .env, for editors and other checkers."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let schema = try TemplateSource.environment(file: invocation.value("--template")).schema
        let format = try format(invocation)
        let facts = try invocation.positionals.first.map { [try variable($0, in: schema)] } ?? schema.variables
        let print = invocation.console.print
        switch format {
        case .json: print(try JSONText.encode(Document(variables: facts.map { VariableFacts($0, in: schema) })))
        case .markdown: Console.write(VariableReference.markdown(schema), to: 1)
        case .jsonSchema: Console.write(try ConfigurationSchema(schema).text(), to: 1)
        case .text:
            let isOne = invocation.positionals.first != nil
            print(isOne ? facts.map { text(VariableFacts($0, in: schema)) }.joined() : list(schema))
        }
        return .success
    }

    enum Format: String, CaseIterable {
        case text
        case json
        case markdown
        case jsonSchema = "json-schema"
    }

    /// - Throws: exit code 64 for a word that is no format.
    private static func format(_ invocation: Invocation) throws(CommandFailure) -> Format {
        guard let word = invocation.value("--format") else { return invocation.has("--json") ? .json : .text }
        guard let format = Format(rawValue: word) else {
            let names = Format.allCases.map { "--format \($0.rawValue)" }.joined(separator: ", ")
            throw CommandFailure(.usage, "there is no format “\(word)”", place: "--format", fix: names)
        }
        return format
    }

    /// Version 1 of the document; a field may be added without a new version.
    struct Document: Encodable {
        var schema = 1
        var command = "explain"
        var variables: [VariableFacts]
    }

    /// - Throws: exit code 64 for a name that the template does not have, with what may have been meant.
    private static func variable(_ name: String, in schema: Schema) throws(CommandFailure) -> Variable {
        if let variable = schema[name] { return variable }
        if let retired = schema.retired.first(where: { $0.name == name }) {
            let why = retired.reason ?? retired.replacement.map { "\($0) took its place" }
            throw CommandFailure(
                .usage, "nothing reads \(name) any more", why: why,
                fix: retired.replacement.map { "careinit explain \($0)" } ?? "remove it from the .env")
        }
        let nearest = Suggestion.nearest(to: name, among: schema.variables.map(\.name))
        throw CommandFailure(
            .usage, "no variable of the template is called \(name)",
            fix: nearest.map { "did you mean \($0)?" } ?? "careinit explain lists them all")
    }

    private static func text(_ facts: VariableFacts) -> String {
        let rows = facts.rows.map { row in
            let label = row.label + String(repeating: " ", count: max(1, 10 - row.label.count))
            return TextWrap.wrap(
                row.text.split(separator: " ").map(String.init), width: 100, first: label,
                indent: String(repeating: " ", count: 10))
        }
        let title = facts.name + (facts.section.isEmpty ? "" : " (\(facts.section))")
        let help = facts.help.isEmpty ? [] : [TextWrap.wrap(facts.help, width: 100), ""]
        return ([title, ""] + help + rows).joined(separator: "\n")
    }

    /// Every name with the first sentence of its help.
    private static func list(_ schema: Schema) -> String {
        let width = schema.variables.map(\.name.count).max() ?? 0
        return schema.sections.map { section in
            let lines = section.variables.map { variable in
                let facts = VariableFacts(variable, in: schema)
                let padding = String(repeating: " ", count: width - facts.name.count)
                return "  \(facts.name)\(padding)  \(facts.summary)"
            }
            return ([section.title] + lines).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}
