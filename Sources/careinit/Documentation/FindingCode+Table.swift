import EnvSchema

extension FindingCode {
    /// The table of docs/FORMATS.md.
    static var table: String {
        let rows = allCases.map { code in
            let example = code.example
            let cells = ["`\(code.rawValue)`", code.severity.rawValue, cell(example.reason), cell(example.fix)]
            return "| \(cells.joined(separator: " | ")) |"
        }
        return (["| code | severity | says, for example | and as its fix |", "|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }

    private static func cell(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("|", with: "\\|")
    }
}
