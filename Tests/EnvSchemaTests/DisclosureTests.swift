import Testing

@testable import EnvSchema

@Suite struct DisclosureTests {
    private static let template =
        "# @defaultSensitive=false\n\n# @type=string\nNAME=x\n\n# @type=port\nPORT=1\n\n# @type=string\nA_TOKEN=none\n\n"
        + "# @sensitive @type=string\nSECRET=\n"

    private static func schema() throws -> Schema {
        try Schema(template: EnvDocument(parsing: Array(template.utf8)))
    }

    static let canaries =
        UnmarkedSecretTests.tokens + UnmarkedSecretTests.keys + [
            // Keys in hexadecimal digits and passwords without capital letters are no finding, but not shown either.
            "5f8a1c3e9b7d2f4a6c8e0b1d3f5a7c9e5f8a1c3e9b7d2f4a6c8e0b1d3f5a7c9e", "k3jf92jd0s8f7g6h5j4k3l2",
            "see https://chat.care.co.uk/hook/9b7d2f4a6c8e0b1d3f5a7c9e for it",
            "user=notes password=Zq3vT8yLw1RkNf6BxHs2JdUc",
        ]

    @Test(arguments: canaries)
    func `what looks like a secret is not shown, in whatever variable it stands`(_ canary: String) throws {
        let schema = try Self.schema()
        for name in ["NAME", "PORT", "A_TOKEN", "SECRET", "OTHER"] { #expect(!schema.mayShow(canary, of: name)) }
        #expect(!schema.mayShow("a \(canary) b", of: "NAME"))
        #expect(!schema.mayShow("\"\(canary)\" # x", of: "NAME"))
    }

    @Test(arguments: UnmarkedSecretTests.ordinary.filter { $0 != "d41d8cd98f00b204e9800998ecf8427e" })
    func `what does not is shown, in a variable of the template that holds no secret`(_ value: String) throws {
        let schema = try Self.schema()
        #expect(schema.mayShow(value, of: "NAME"))
        #expect(!schema.mayShow(value, of: "SECRET") && !schema.mayShow(value, of: "OTHER"))
    }

    @Test func `the name of a variable hides all but the template's own value and settings`() throws {
        let schema = try Self.schema()
        #expect(schema.mayShow("none", of: "A_TOKEN") && schema.mayShow("true", of: "A_TOKEN"))
        #expect(!schema.mayShow("hunter2", of: "A_TOKEN") && schema.mayShow("hunter2", of: "NAME"))
    }

    @Test(arguments: canaries)
    func `no excerpt shows it, nor a comment after it`(_ canary: String) throws {
        let schema = try Self.schema()
        let word = canary.split(whereSeparator: { $0 == " " || $0 == "\n" }).max { $0.count < $1.count } ?? ""
        for line in [
            "NAME=\(canary)", "PORT='\(canary)'", "NAME=x # \(canary)", "NAME=\"x\" \(canary)", "PORT=1 \(canary)",
        ] {
            let document = EnvDocument(parsing: Array("\(line)\n".utf8))
            for column in [1, 6, 9] {
                let excerpt = SourceExcerpt(document, SourcePosition(line: 1, column: column), schema: schema)
                #expect(excerpt?.text.contains(word) != true, "\(line)")
            }
        }
    }
}
