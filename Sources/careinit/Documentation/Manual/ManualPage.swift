/// A page of the manual as man(7), made of titled sections.
struct ManualPage {
    /// Such as `careinit-check`.
    var name: String
    var section: Int
    /// What it is, as whatis(1) shows it.
    var summary: String
    private var lines: [String] = []

    init(name: String, section: Int, summary: String) {
        self.name = name
        self.section = section
        self.summary = summary
    }

    /// Such as `careinit-check.1`.
    var fileName: String { "\(name).\(section)" }

    var text: String {
        let head = [
            ".\\\" Made by careinit man; a change here is lost.",
            [
                ".TH \(Roff.argument(name.uppercased()))", "\(section)", "\"\(VersionCommand.date)\"",
                Roff.argument("careinit \(VersionCommand.current)"), "\"careinit\"",
            ].joined(separator: " "),
            // No hyphens and no stretched blanks: what is copied from a page must be what was written.
            ".nh", ".ad l", ".SH NAME",
            Roff.literal(name) + " \\- " + Roff.literal(whatis),
        ]
        return (head + lines).joined(separator: "\n") + "\n"
    }

    /// Without a capital initial and a full stop, as whatis(1) wants it.
    private var whatis: String {
        let text = summary.hasSuffix(".") ? String(summary.dropLast()) : summary
        return text.prefix(1).lowercased() + text.dropFirst()
    }

    // MARK: Building

    mutating func add(_ line: String) { lines.append(line) }

    mutating func section(_ title: String) { lines.append(".SH \(Roff.argument(title))") }
    mutating func subsection(_ title: String) { lines.append(".SS \(Roff.argument(title))") }
    mutating func paragraph(_ text: String) { lines += [".PP", Roff.text(text)] }

    /// A list of labels, which are roff, with explanations; nothing where there is none.
    mutating func list(_ title: String, _ rows: [(label: String, text: String)]) {
        if rows.isEmpty { return }
        section(title)
        for row in rows { item(row.label, row.text) }
    }

    mutating func item(_ label: String, _ text: String) { lines += [".TP", label, Roff.text(text)] }

    mutating func examples(_ examples: [Command.Example]) {
        if examples.isEmpty { return }
        section("EXAMPLES")
        for (index, example) in examples.enumerated() {
            if index > 0 { add(".PP") }
            lines += [
                Roff.text(example.meaning), ".PP", ".RS 4", ".nf", Roff.bold(example.line), ".fi", ".RE",
            ]
        }
    }

    mutating func seeAlso(_ pages: [(name: String, section: Int)]) {
        section("SEE ALSO")
        for (index, page) in pages.enumerated() {
            add(Roff.reference(page.name, page.section, index < pages.count - 1 ? "," : ""))
        }
    }
}
