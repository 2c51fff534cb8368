import EnvSchema
import Testing

@testable import careinit

@Suite struct TemplateDifferenceTests {
    private static let template = """
        # @defaultSensitive=false

        # @type=string
        NAME=x

        # @type=port
        PORT=1

        # @sensitive @type=string
        SECRET=
        """

    @Test(arguments: [
        ("NAME=x\nPORT=1\nSECRET=\n", []),
        ("NAME=y\nPORT=1\nSECRET=\n", ["~ NAME  y, default x"]),
        ("NAME=\nPORT=1\nSECRET=k\n", ["~ NAME  (empty), default x", "~ SECRET  ********"]),
        (
            "NAME=Zq3vT8yLw1RkNf6BxHs2JdUc7PmEaG5o\nPORT=redis://:k4WnY7bQ@db\nSECRET=\n",
            ["~ NAME  ********", "~ PORT  ********"]
        ),
        (
            "NAME=x\nSECRET=\nOTHER=k\nOTHER=l\n",
            ["- PORT  not in the file: 1 holds", "+ OTHER  not in the template: nothing reads it"]
        ),
        ("NAME=x\nPORT=1\n", ["- SECRET  not in the file"]),
        ("NAME=x\nPORT=1\nSECRET=\nhunter2hunter2=\n", ["+ (line 4)  not in the template: nothing reads it"]),
    ])
    func `it names what is missing, what is unknown and what is set otherwise`(text: String, lines: [String])
        throws
    {
        let schema = try Schema(template: EnvDocument(parsing: Array(Self.template.utf8)))
        #expect(TemplateDifference(EnvDocument(parsing: Array(text.utf8)), schema).lines == lines)
    }
}
