import EnvSchema

/// Every variable of a template as Markdown: docs/VARIABLES.md is this text.
enum VariableReference {
    static func markdown(_ schema: Schema) -> String {
        var lines = [
            "# Variables", "",
            "What a `.env` may hold. `careinit explain --format markdown` prints this page; a test compares both.",
        ]
        for section in schema.sections {
            lines += ["", "## \(section.title)"]
            for variable in section.variables { lines += entry(VariableFacts(variable, in: schema)) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func entry(_ facts: VariableFacts) -> [String] {
        ["", "### \(facts.name)", "", facts.help, ""]
            + facts.rows.map { row in "- \(row.label): \(row.label == "Default" ? "`\(row.text)`" : row.text)" }
    }
}
