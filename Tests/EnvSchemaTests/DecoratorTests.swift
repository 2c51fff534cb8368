import EnvSchema
import Testing

/// The decorators of `@env-spec`, in the header, above a variable, behind its value and over several lines.
@Suite struct DecoratorTests {
    static func schema(_ text: String) throws -> Schema {
        try Schema(template: EnvDocument(parsing: Array(text.utf8)))
    }

    @Test func `the header's decorators are defaults for all variables`() throws {
        let schema = try Self.schema(
            """
            # Some words, and --- a divider with words behind it:
            # @defaultRequired=infer @defaultSensitive=inferFromPrefix(PUBLIC_)
            # @envFlag=STAGE @generateTypes(lang=ts, path=./env.d.ts) @cache=memory @redactLogs=false
            # @proxyConfig={a=1} @auditIgnorePaths(a, b) @todo(later)
            # --- what follows is what counts ---

            STAGE=dev
            PUBLIC_URL=https://care.org
            KEY=
            EMPTY=''
            """)
        #expect(schema.environmentName == "STAGE" && schema.unsupported.isEmpty)
        #expect(schema.variables.filter(\.isSecret).map(\.name) == ["STAGE", "KEY", "EMPTY"])
        #expect(schema.variables.filter(\.isRequired).map(\.name) == ["STAGE", "PUBLIC_URL"])
    }

    @Test func `a disabled file has no variables`() throws {
        #expect(try Self.schema("# @disable\n# ---\nA=1\n").variables.isEmpty)
        #expect(try Self.schema("# @disable=false\n# ---\nA=1\n").variables.count == 1)
    }

    @Test func `a variable's decorators stand above it, behind it, and over lines`() throws {
        let schema = try Self.schema(
            """
            # @defaultRequired=false @defaultSensitive=false
            # ---

            # What it is for.
            # @required @type=enum(
            #   one,
            #   two, # the second
            # ) # @ignored
            # @docs("How it works", https://care.org/how) @docs(https://care.org/a) @icon=mdi:key @tag(x, y)
            A=one # @sensitive
            # @sensitive={preventLeaks=false} @internal @dynamic @example="x y"
            B=
            # @sensitive={enabled=false}
            C=
            # @public=false @deprecated="use A" @static
            D=
            # @optional=eq($A, two)
            E=
            # @sensitive=forEnv(production) @deprecated=false @placeholder=x @auditIgnore @docsUrl=https://care.org
            F=

            """)
        let first = try #require(schema["A"])
        #expect(first.type == .enumeration(["one", "two"]) && first.isRequired && first.isSecret)
        #expect(first.help == "What it is for.")
        #expect(
            first.links.map(\.address) == ["https://care.org/how", "https://care.org/a"] || first.links.count == 2)
        #expect(schema.variables.map(\.isSecret) == [true, true, false, true, false, true])
        #expect(schema["B"]?.example == "x y")
        #expect(schema["D"]?.deprecation?.message == "use A")
        #expect(schema["E"]?.requirement == .when(.not(.equal(.reference("A"), .text("two")))))
        #expect(schema["F"]?.deprecation == nil && schema["F"]?.links.count == 1)
    }

    static let foreign: [(decorators: String, subjects: [String])] = [
        ("@import(./.env.shared, pick=[\n#   A,\n#   #tag,\n#   # B,\n# ])", ["@import"]),
        ("@setValuesBulk(op(x), format=json)", ["@setValuesBulk"]),
        ("@plugin(@varlock/1password-plugin)\n# @initOp(token=$A)", ["@plugin", "initOp"]),
    ]

    @Test(arguments: foreign)
    func `what brings in settings from elsewhere is named, and the rest counts`(
        _ row: (decorators: String, subjects: [String])
    ) throws {
        let schema = try Self.schema("# @defaultSensitive=false\n# \(row.decorators)\n# ---\n# @type=port\nA=80\n")
        #expect(schema.unsupported.map(\.subject) == row.subjects)
        let findings = Checker(schema: schema).findings(in: EnvDocument(parsing: Array("A=x\n".utf8)))
        #expect(findings.map(\.code).filter { $0 == .notSupported }.count == row.subjects.count)
        #expect(findings.contains { $0.code == .invalidValue })
        #expect(findings.first { $0.code == .notSupported }?.reason.contains("2:3") == true)
    }

    @Test func `a deprecated variable is a finding where it is set`() throws {
        let template = "# @deprecated=\"B took its place\"\nA=\nB=\n"
        let findings = try CheckerTests.findings(template, "A=1\n")
        #expect(findings.map(\.code) == [.deprecatedName])
        #expect(findings.first?.reason.contains("B took its place") == true)
        #expect(try CheckerTests.findings(template, "B=1\n").isEmpty)
    }

    /// Other tools refuse a decorator that they do not know: careinit's own must stand in ordinary comments.
    @Test func `the embedded template has no decorator but those of env-spec`() throws {
        let known: Set = [
            "required", "optional", "sensitive", "public", "type", "example", "docs", "deprecated", "currentEnv",
            "defaultRequired", "defaultSensitive",
        ]
        let types: Set = [
            "string", "number", "boolean", "url", "enum", "email", "port", "ip", "duration",
        ]
        for line in String(decoding: SchemaTests.template.bytes, as: UTF8.self).split(separator: "\n") {
            guard line.hasPrefix("# @") else { continue }
            for match in line.matches(of: #/ @([a-zA-Z]+)(?:=([a-z]+))?/#) {
                let (decorator, value) = (String(match.1), match.2.map(String.init))
                #expect(known.contains(decorator), "\(line)")
                if decorator == "type" { #expect(types.contains(value ?? ""), "\(line)") }
            }
        }
    }
}
