import EnvSchema
import Testing

@Suite struct CheckerTests {
    /// A template as small as a test needs it.
    static func schema(_ template: String) throws -> Schema {
        let head = "# @defaultRequired=false @defaultSensitive=false\n# ---\n\n"
        return try Schema(template: EnvDocument(parsing: Array((head + template).utf8)))
    }

    static func findings(_ template: String, _ file: String) throws -> [Finding] {
        Checker(schema: try schema(template)).findings(in: EnvDocument(parsing: Array(file.utf8)))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var template: String
        var file: String
        /// `code:VARIABLE:line:column`.
        var findings: [String] = []
        var testDescription: String { "\(template.debugDescription) \(file.debugDescription)" }
    }

    static let good = "Zq3vT8yLw1RkNf6BxHs2JdUc7PmEaG5o"
    static let other = "k4WnY7bQz2VtXe9CjLr5HgSf8DuMpA1i"

    static let names: [Row] = [
        Row(template: "A=\n", file: "A=1\n"),
        Row(template: "SMTP_HOST=\n", file: "SMTP_HSOT=x\n", findings: ["unknown-name:SMTP_HSOT:1:1"]),
        Row(template: "A=\n# careinit: retired=B use=A\n", file: "B=1\n", findings: ["retired-name:B:1:1"]),
        Row(
            template: "A=\n# careinit: retired=B use=A\n", file: "B=1\nB=2\n",
            findings: ["retired-name:B:1:1", "duplicate-name:B:2:1"]),
        // A template that has the name again is right: it is read.
        Row(
            template: "A=\nB=\n# careinit: retired=C because=\"it is never off\"\n", file: "B=1\nC=\n",
            findings: ["retired-name:C:2:1"]),
        Row(template: "A=\n", file: "A=1\nA=2\n", findings: ["duplicate-name:A:2:1"]),
        // A line of Base64 could be a piece of a secret: its name is not shown.
        Row(template: "A=\n", file: "c2VjcmV0c2VjcmV0==\n", findings: ["unknown-name:-:1:1"]),
        Row(template: "A=\n", file: "MFRGGZDFMYMFRGGZDFMY==\n", findings: ["unknown-name:-:1:1"]),
    ]

    static let values: [Row] = [
        Row(template: "# @required\nA=\n", file: "", findings: ["missing-required:A:1:1"]),
        Row(template: "# @required\nA=\n", file: "A=\n", findings: ["missing-required:A:1:3"]),
        Row(template: "# @required\nA=1\n", file: ""),
        Row(template: "# @required\nA=1\n", file: "A=\n", findings: ["missing-required:A:1:3"]),
        Row(template: "# @required=eq($B, x)\nA=\nB=\n", file: "B=y\n"),
        Row(template: "# @required=eq($B, x)\nA=\nB=\n", file: "B=x\n", findings: ["missing-required:A:2:1"]),
        Row(template: "# @required=eq($B, x)\nA=\nB=x\n", file: "\n", findings: ["missing-required:A:2:1"]),
        Row(template: "# @type=port\nA=\n", file: "A=70000\n", findings: ["invalid-value:A:1:3"]),
        Row(template: "# @type=string(maxLength=3)\nA=\n", file: "A=äöü\n"),
        Row(template: "# @type=string(maxLength=3)\nA=\n", file: "A=abcd\n", findings: ["invalid-value:A:1:3"]),
        Row(template: "A=\n", file: "A=\"a\\nb\"\n", findings: ["control-character:A:1:3"]),
        // A value that cannot be read is one finding, not two.
        Row(template: "# @type=port\nA=\n", file: "A=$NOPE\n", findings: ["undefined-reference:-:1:3"]),
        Row(
            template: "# @currentEnv=$APP_ENV\n\n# @type=url\nA=\nAPP_ENV=\n",
            file: "A=https://x.example.org\nAPP_ENV=staging\n"),
        Row(
            template: "# @currentEnv=$APP_ENV\n\n# @type=url\nA=\nAPP_ENV=\n",
            file: "A=https://x.example.org\nAPP_ENV=production\n",
            findings: ["placeholder:A:1:3"]),
    ]

    static let secrets: [Row] = [
        Row(template: "# @sensitive\nA=\n", file: "A=\(good)\n"),
        Row(template: "# @sensitive\nA=\n", file: "A=short\n", findings: ["secret-too-short:A:1:3"]),
        Row(template: "# @sensitive\n# careinit: given\nA=\n", file: "A=short\n"),
        Row(
            template: "# @sensitive\n# careinit: given\nA=\n", file: "A=your-password\n",
            findings: ["placeholder:A:1:3"]),
        Row(
            template: "# @sensitive\nA=\n", file: "A=CHANGE_THIS_TO_A_VERY_STRONG_PASSWORD_OF_32_CHARACTERS\n",
            findings: ["placeholder:A:1:3"]),
        Row(template: "# @sensitive\nA=x1\n", file: "A=x1\n", findings: ["placeholder:A:1:3"]),
        Row(
            template: "# @sensitive\nA=\n", file: "A=\(String(repeating: "a", count: 40))\n",
            findings: ["weak-secret:A:1:3"]),
        Row(
            template: "# @sensitive\nA=\n", file: "A=0123456789abcdefghijklmnopqrstuvwxyz\n",
            findings: ["weak-secret:A:1:3"]),
        Row(
            template: "# @sensitive\nA=\n", file: "A=PasswordPasswordPasswordPassword\n",
            findings: ["weak-secret:A:1:3"]),
        Row(
            template: "# @sensitive\nA=\n# @sensitive\nB=\n", file: "B=\(good)\nA=\(good)\n",
            findings: ["reused-secret:A:2:3"]),
        Row(template: "# @sensitive\nA=\n# @sensitive\nB=\n", file: "B=\(good)\nA=\(other)\n"),
    ]

    static let rules: [Row] = [
        Row(template: "A=\nB=\n# careinit: rule=less-than(A, B)\n", file: "A=15m\nB=7d\n"),
        Row(
            template: "A=\nB=\n# careinit: rule=less-than(A, B)\n", file: "A=24h\nB=1d\n",
            findings: ["not-less:A:1:3"]),
        Row(template: "A=\nB=\n# careinit: rule=at-most(A, B)\n", file: "A=5\nB=5\n"),
        Row(
            template: "A=\nB=\n# careinit: rule=at-most(A, B)\n", file: "A=6\nB=5\n", findings: ["too-large:A:1:3"]
        ),
        Row(
            template: "A=\nB=\nC=\n# careinit: rule=distinct(A, B, C)\n", file: "A=1\nB=2\nC=1\n",
            findings: ["not-distinct:C:3:3"]),
        Row(template: "A=\nB=\n# careinit: rule=distinct(A, B)\n", file: "A=\nB=\n"),
        // Two equal secrets are one finding.
        Row(
            template: "# @sensitive\nA=\n# @sensitive\nB=\n# careinit: rule=distinct(A, B)\n",
            file: "A=\(good)\nB=\(good)\n", findings: ["reused-secret:B:2:3"]),
        Row(
            template: "A=\nB=\nC=\n# careinit: rule=all-or-none(A, B, C)\n", file: "A=1\nB=\n",
            findings: ["incomplete-group:B:2:3", "incomplete-group:C:3:1"]),
        Row(template: "A=\nB=\n# careinit: rule=all-or-none(A, B)\n", file: "\n"),
        Row(
            template: "P=\nS=\n# careinit: rule=if-and-only-if(P=465, S=true)\n", file: "P=465\nS=false\n",
            findings: ["contradiction:S:2:3"]),
        Row(
            template: "P=\nS=\n# careinit: rule=if-and-only-if(P=465, S=true)\n", file: "P=587\nS=true\n",
            findings: ["contradiction:S:2:3"]),
        Row(template: "P=\nS=\n# careinit: rule=if-and-only-if(P=465, S=true)\n", file: "P=465\nS=true\n"),
        Row(
            template: "A=\nB=\n# careinit: rule=requires(A, B)\n", file: "A=1\n",
            findings: ["missing-companion:B:2:1"]),
        Row(
            template: "P=\nS=\n# careinit: rule=implies(P=465, S=true)\n", file: "P=465\nS=false\n",
            findings: ["contradiction:S:2:3"]),
        Row(template: "P=\nS=\n# careinit: rule=implies(P=465, S=true)\n", file: "P=587\nS=true\n"),
        Row(
            template: "A=\nB=\n# careinit: rule=one-of(A, B)\n", file: "A=1\nB=1\n",
            findings: ["several-set:B:2:3"]),
        Row(template: "A=\nB=\n# careinit: rule=one-of(A, B)\n", file: "A=\nB=\n", findings: ["none-set:A:1:3"]),
        Row(template: "A=\nB=\n# careinit: rule=one-of(A, B)\n", file: "A=1\nB=\n"),
        Row(template: "A=\nB=\n# careinit: rule=requires(A, B)\n", file: "B=1\n"),
        // A rule is silent about a value that is wrong already.
        Row(
            template: "# @type=port\nA=\nB=\n# careinit: rule=at-most(A, B)\n", file: "A=99999\nB=5\n",
            findings: ["invalid-value:A:1:3"]),
    ]

    @Test func `a name that is like none of the template's is a warning, a slip an error`() throws {
        let schema = try Schema(template: EnvDocument(parsing: Array("SMTP_HOST=\n".utf8)))
        func severities(_ file: String) -> [Finding.Severity] {
            Checker(schema: schema).findings(in: EnvDocument(parsing: Array(file.utf8))).map(\.severity)
        }
        #expect(severities("COMPOSE_PROJECT_NAME=care\n") == [.warning])
        #expect(severities("SMTP_HSOT=x\n") == [.error])
        #expect(severities("c2VjcmV0c2VjcmV0==\n") == [.error])
    }

    @Test(arguments: names + values + secrets + rules)
    func `what is wrong is found, at its place`(_ row: Row) throws {
        let found = try Self.findings(row.template, row.file).map { finding in
            let place = finding.position.map { "\($0.line):\($0.column)" } ?? "-"
            return "\(finding.code.rawValue):\(finding.variable ?? "-"):\(place)"
        }
        #expect(found == row.findings)
    }

    @Test(arguments: [
        ("# careinit: retired=B use=A\n", "nothing reads B any more", "use A instead"),
        (
            "# careinit: retired=B because=\"it is never off\"\n", "nothing reads B any more: it is never off",
            "remove the line"
        ),
        (
            "# careinit: retired=B use=A because=\"it was renamed\"\n", "nothing reads B any more: it was renamed",
            "use A instead"
        ),
    ])
    func `a retired name is told what replaces it`(note: String, reason: String, fix: String) throws {
        let finding = try #require(try Self.findings("A=\n\(note)", "B=1\n").first)
        #expect(finding.code == .retiredName && finding.severity == .warning)
        #expect(finding.reason == reason && finding.fix == fix)
    }

    @Test func `every name that older files carry is known, and its replacement is a variable`() throws {
        let schema = try SchemaTests.embedded()
        #expect(schema.retired.count > 60)
        for retired in schema.retired {
            #expect(retired.replacement != nil || retired.reason?.isEmpty == false, "\(retired.name)")
            if let replacement = retired.replacement { #expect(schema[replacement] != nil, "\(replacement)") }
            let document = EnvDocument(parsing: Array("\(retired.name)=x\n".utf8))
            let found = Checker(schema: schema).findings(in: document).filter { $0.variable == retired.name }
            #expect(found.map(\.code) == [.retiredName], "\(retired.name)")
        }
    }

    @Test func `a document with every secret generated is clean, in each profile`() throws {
        let schema = try SchemaTests.embedded()
        for isLocal in [true, false] {
            let document = CompleteDocument.make(schema, isLocal: isLocal)
            #expect(Checker(schema: schema).findings(in: document) == [])
        }
    }

    @Test func `no finding tells a secret`() throws {
        let schema = try SchemaTests.embedded()
        let canary = "CaNaRy"
        let shapes = [
            canary, "\"\(canary)", "\"a\"\(canary)", "$\(canary)", "${\(canary)",
            "\(canary)\n\(canary)=\n\(canary)\n",
            "your-\(canary)", "\"\(canary)\\nB\"", String(repeating: canary, count: 9), "${X:?\(canary)}",
        ]
        for variable in schema.variables {
            for shape in shapes {
                let document = EnvDocument(parsing: Array("\(variable.name)=\(shape)\n".utf8))
                for finding in Checker(schema: schema).findings(in: document) {
                    let lines = FindingText.lines(finding, path: ".env").joined()
                    #expect(!lines.contains(canary) && !"\(finding)".contains(canary))
                }
            }
        }
    }

    @Test func `every code has words`() {
        for code in FindingCode.allCases {
            let finding = Finding(
                code, variable: "NAME", context: .init(expected: "text", others: ["OTHER"], number: 3))
            #expect(!finding.reason.isEmpty && !finding.fix.isEmpty)
            #expect(!finding.reason.hasSuffix(".") && !finding.reason.contains("Optional"))
        }
    }
}

/// A `.env` as the wizard would write it.
enum CompleteDocument {
    static func make(_ schema: Schema, isLocal: Bool) -> EnvDocument {
        var document = SchemaTests.template
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for variable in schema.variables {
            switch variable.generation {
            case .urlSafe(let length):
                let characters = (0..<length).compactMap { _ in alphabet.randomElement(using: &generator) }
                document.set(variable.name, to: String(characters))
            case .hex(let bytes):
                let digits = (0..<(bytes * 2)).compactMap { _ in
                    "0123456789abcdef".randomElement(using: &generator)
                }
                document.set(variable.name, to: String(digits))
            case nil: break
            }
            if isLocal, let value = variable.localValue { document.set(variable.name, to: value) }
        }
        if isLocal {
            document.set("APP_URL", to: "https://localhost:8443")
        } else {
            document.set("APP_URL", to: "https://notes.writecarenotes.com")
            document.set("SMTP_HOST", to: "mail.writecarenotes.com")
            document.set("SMTP_FROM", to: "alerts@writecarenotes.com")
            document.set("ALERT_EMAIL_CRITICAL", to: "oncall@writecarenotes.com")
        }
        return document
    }
}
