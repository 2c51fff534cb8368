import EnvSchema

extension Manual {
    /// careinit.env(5): what a `.env` may hold.
    var fileFormat: ManualPage {
        var page = ManualPage(
            name: "careinit.env", section: 5, summary: "The settings of a carenotes stack, read by careinit.")
        page.section("DESCRIPTION")
        page.add(
            Roff.text(
                "A file of lines `NAME=value`, in UTF-8, for its owner alone (mode 0600): it holds secrets. A line that "
                    + "starts with # is a comment. Where a variable is not named, its default holds; an empty value "
                    + "is none. The last of several lines with the same name counts."))
        page.paragraph(
            "A value may stand in single quotes, which keep every character as it is, or in double quotes. Outside "
                + "single quotes `${NAME}` stands for the value of a variable above it, and outside all quotes a # "
                + "after a blank starts a comment.")
        page.add(".PP")
        page.add(Roff.text("Where other programs read a file differently, see the option --for of"))
        page.add(Roff.reference("careinit-check", 1, "."))
        page.section("VARIABLES")
        for section in schema.sections {
            page.subsection(section.title)
            for variable in section.variables { add(VariableFacts(variable, in: schema), to: &page) }
        }
        page.list("FILES", Footprint.files.map { (Roff.italic($0.path), $0.meaning) })
        page.examples([
            .init(line: "careinit explain DB_POOL_MAX", meaning: "The same about one variable."),
            .init(line: "careinit check .env", meaning: "What is wrong with a file."),
        ])
        page.seeAlso([("careinit", 1), ("careinit-check", 1), ("careinit-explain", 1), ("careinit-wizard", 1)])
        return page
    }

    private func add(_ facts: VariableFacts, to page: inout ManualPage) {
        page.item(Roff.bold(facts.name), facts.help)
        page.add(".RS")
        for row in facts.rows { page.paragraph("\(row.label): \(row.text)") }
        page.add(".RE")
    }
}
