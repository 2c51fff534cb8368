import Testing

@testable import EnvSchema

@Suite struct FormulaTests {
    struct Row: Sendable, CustomTestStringConvertible {
        /// What stands behind the `=` of a variable.
        var text: String
        var file = ""
        var value: String?
        var testDescription: String { "\(text) \(file.debugDescription)" }
    }

    static let rows: [Row] = [
        Row(text: "$X", file: "X=1\n", value: "1"),
        Row(text: "$X", value: "x"),
        Row(text: "\"pre-${X}-post\"", value: "pre-x-post"),
        Row(text: "`${X}_db`", value: "x_db"),
        Row(text: "'${X}'", value: "${X}"),
        Row(text: "${NONE:-d}", value: "d"),
        Row(text: "${X-d}", value: "x"),
        Row(text: "ref(X)", value: "x"),
        Row(text: "concat(\"a/\", $X, \"/b\")", value: "a/x/b"),
        Row(text: "fallback($NONE, $X, d)", value: "x"),
        Row(text: "fallback($NONE, \"d e\")", value: "d e"),
        Row(text: "eq($X, x)", value: "true"),
        Row(text: "not(eq($X, x))", value: "false"),
        Row(text: "isEmpty($NONE)", value: "true"),
        Row(text: "and($X, eq($X, y))", value: "false"),
        Row(text: "or($NONE, $X)", value: "true"),
        Row(text: "if(eq($X, x), yes, no)", value: "yes"),
        Row(text: "if($NONE, yes)", value: nil),
        Row(text: "ifs(eq($X, y), 1, eq($X, x), 2, 3)", value: "2"),
        Row(text: "ifs(eq($X, y), 1, 3)", value: "3"),
        Row(
            text: "ifs(\n  eq($X, y), https://one.org,  # the first\n  https://other.org,\n)",
            value: "https://other.org"),
        Row(text: "remap($X, y, 1, x, 2)", value: "2"),
        Row(text: "remap($X, y, 1, 3)", value: "3"),
        Row(text: "remap($X, y, 1)", value: "x"),
        Row(text: "remap($X, regex(\"^X\", \"i\"), 4)", value: "4"),
        Row(text: "remap($X, /^[a-x]{1,2}$/, 5, 6)", value: "5"),
        Row(text: "remap($NONE, undefined, 7)", value: "7"),
        Row(text: "remap($X, one=\"y\", two=x)", value: "two"),
        Row(text: "forEnv(production, staging)", file: "APP_ENV=staging\n", value: "true"),
        Row(text: "forEnv(production)", value: "false"),
        Row(text: "domainFromUrl(\"https://u:p@API.care.org:8443/x\")", value: "api.care.org"),
        Row(text: "undefined", value: nil),
        Row(text: "a=b", value: "a=b"),
        Row(text: "0 2 * * *", value: "0 2 * * *"),
        Row(text: "text,with(brackets", value: "text,with(brackets"),
        Row(text: "[a, b]", value: "[a, b]"),
    ]

    @Test(arguments: rows)
    func `a default made of other variables is worked out`(_ row: Row) throws {
        let template = """
            # @defaultRequired=false @defaultSensitive=false @currentEnv=$APP_ENV
            # ---
            A=\(row.text)
            X=x
            NONE=
            APP_ENV=development

            """
        let schema = try Schema(template: EnvDocument(parsing: Array(template.utf8)))
        #expect(schema.unsupported.isEmpty)
        let values = Values(EnvDocument(parsing: Array(row.file.utf8)), schema)
        #expect(values["A"] == row.value)
        #expect(schema["A"]?.defaultFormula?.sentence.isEmpty != true)
    }

    static let unsupported: [(text: String, subject: String)] = [
        ("exec(`date`)", "exec()"), ("$(date)", "$(…)"), ("randomHex(32)", "randomHex()"),
        ("generateOtp($X)", "generateOtp()"), ("varlock(prompt)", "varlock()"), ("keychain(x)", "keychain()"),
        ("cache(randomHex(8), ttl=1h)", "cache()"), ("concat(a, op(x))", "op()"),
        ("\"a-$(date)\"", "$(…)"),
    ]

    @Test(arguments: unsupported)
    func `a function that runs something is named with its place, and nothing else is lost`(
        _ row: (text: String, subject: String)
    ) throws {
        let template = "# @defaultSensitive=false\n# ---\nX=1\nA=\(row.text)\n# @type=port\nB=80\n"
        let schema = try Schema(template: EnvDocument(parsing: Array(template.utf8)))
        #expect(schema.unsupported.map(\.subject) == [row.subject])
        #expect(schema.unsupported.map(\.position.line) == [4])
        let findings = Checker(schema: schema).findings(in: EnvDocument(parsing: Array("B=x\n".utf8)))
        // A value that another tool makes is not missing from the file.
        #expect(findings.map(\.code) == [.notSupported, .invalidValue])
    }
}
