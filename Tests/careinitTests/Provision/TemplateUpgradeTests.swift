import EnvSchema
import Testing

@testable import careinit

@Suite struct TemplateUpgradeTests {
    private func schema(_ text: String) throws -> Schema {
        try Schema(template: EnvDocument(parsing: Array(text.utf8)))
    }

    private func upgrade(from old: String?, to new: String, existing: String? = "") throws -> TemplateUpgrade {
        TemplateUpgrade(
            from: try old.map(schema), to: try schema(new),
            existing: existing.map { EnvDocument(parsing: Array($0.utf8)) })
    }

    /// What stands above the variable before and after, and what is said of it.
    static let changes: [(old: String, new: String, says: [String])] = [
        ("# Help.\nA=1\n", "# Better help.\nA=1\n", []),
        (
            "# @public @type=port\nA=3001\n", "# @public @type=port\nA=3002\n",
            ["its default is 3002, before it was 3001"]
        ),
        ("# @public @optional\nA=\n", "# @public @optional\nA=x\n", ["its default is x, before it was empty"]),
        (
            "# @sensitive @optional\nA=hush\n", "# @sensitive @optional\nA=hush2\n", ["its default is another one"]
        ),
        (
            "# @public @optional\nA=x\n", "# @sensitive @optional\nA=x\n", ["it is a secret now"]
        ),
        (
            "# @public @type=port(min=1)\nA=3001\n", "# @public @type=port(min=1024)\nA=3001\n",
            ["it must be a port from 1024 to 65535, before it was a port from 1 to 65535"]
        ),
        ("# @public @optional\nA=x\n", "# @public @required\nA=x\n", ["it is required, before it was optional"]),
        (
            "# @public @optional\nA=x\nB=y\n", "# @public @required=eq($B, y)\nA=x\nB=y\n",
            ["it is required where B=y, before it was optional"]
        ),
        (
            "# @public @optional\nA=x\nB=y\n", "# @public @optional\n# careinit: applies=eq(B, y)\nA=x\nB=y\n",
            ["it means something where B=y, before it did always"]
        ),
    ]

    @Test(arguments: changes)
    func `a variable that is described otherwise is named with what is different`(
        _ row: (old: String, new: String, says: [String])
    ) throws {
        let upgrade = try upgrade(from: row.old, to: row.new)
        #expect(upgrade.changed.first { $0.name == "A" }?.differences ?? [] == row.says)
        #expect(upgrade.retired.isEmpty)
    }

    /// Templates before and after, a `.env`, and what is new and retired for it.
    static let names: [(old: String?, new: String, existing: String?, says: TemplateUpgrade)] = [
        ("A=1\n", "A=1\n", "A=2\nMINE=1\n", .init()),
        ("A=1\n", "A=1\nB=2\n", "A=1\n", .init(new: ["B"])),
        ("A=1\n", "A=1\nB=2\n", nil, .init()),
        ("A=1\n", "A=1\nB=2\n", "B=9\n", .init()),
        ("A=1\nB=2\n", "A=1\n", "A=1\n", .init()),
        ("A=1\nB=2\n", "A=1\n", "B=1\nB=2\n", .init(retired: [.init(name: "B")])),
        (
            "A=1\nB=2\n", "# careinit: retired=B use=C\nA=1\nC=2\n", "B=3\nA=1\n",
            .init(new: ["C"], retired: [.init(name: "B", replacement: "C")])
        ),
        (
            nil, "# careinit: retired=B because=\"nobody wants it\"\n\nA=1\n", "B=3\n",
            .init(retired: [.init(name: "B", reason: "nobody wants it")])
        ),
        (nil, "A=1\nB=2\n", "A=1\nMINE=2\n", .init()),
        (
            "# careinit: retired=B because=\"nobody wants it\"\n\nA=1\n",
            "# careinit: retired=B because=\"nobody wants it\"\n\nA=1\nC=1\n", "B=3\nC=1\n", .init()
        ),
    ]

    @Test(arguments: names)
    func `what is new and what is retired depends on the file`(
        _ row: (old: String?, new: String, existing: String?, says: TemplateUpgrade)
    ) throws {
        let upgrade = try upgrade(from: row.old, to: row.new, existing: row.existing)
        #expect(upgrade.new == row.says.new && upgrade.retired == row.says.retired)
    }

    @Test func `people are told each, with what to do`() {
        let upgrade = TemplateUpgrade(
            new: ["N"], changed: [.init(name: "C", differences: ["x", "y"])],
            retired: [
                .init(name: "R", replacement: "N"), .init(name: "S", reason: "why not"), .init(name: "T"),
            ])
        #expect(
            UpgradeWording.lines(for: upgrade) == [
                "The template has changed since the file was written:", "  new: N  (careinit explain N)",
                "  changed: C: x; y", "  retired: R: use N instead", "  retired: S: why not",
                "  retired: T: nothing reads it any more",
            ])
        #expect(UpgradeWording.lines(for: .init()).isEmpty)
    }
}
