import Testing

@testable import careinit

@Suite struct RoffTests {
    @Test(arguments: [
        ("--env-file FILE", "\\-\\-env\\-file FILE"), (".env is one", "\\&.env is one"),
        ("'quoted' and \"so\"", "\\(aqquoted\\(aq and \\(dqso\\(dq"), ("a\\b", "a\\eb"),
        ("^~`", "\\(ha\\(ti\\(ga"), ("“…”", "\\[u201C]\\[u2026]\\[u201D]"), ("😀", "\\[u1F600]"),
    ])
    func `a line comes out as it stands`(_ text: String, _ roff: String) {
        #expect(Roff.literal(text) == roff)
    }

    @Test func `what stands between backquotes is bold, also over the end of a line`() {
        #expect(Roff.text("`a-b` c") == "\\fBa\\-b\\fR c")
        let text = Roff.text(String(repeating: "word ", count: 14) + "`first second third` .env")
        #expect(text.hasSuffix("\\fBfirst\nsecond third\\fR .env"))
    }

    @Test func `a full stop at the start of a wrapped line is no macro`() {
        let text = Roff.text(String(repeating: "word ", count: 15) + ".env")
        #expect(text.hasSuffix("\n\\&.env"))
    }
}
