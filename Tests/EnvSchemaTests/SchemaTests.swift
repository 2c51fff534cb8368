import EnvSchema
import Foundation
import Templates
import Testing

@Suite struct SchemaTests {
    static let template = EnvDocument(parsing: Templates.environment)

    static func embedded() throws(TemplateError) -> Schema { try Schema(template: template) }

    @Test func `the embedded template has no problem`() throws {
        do throws(TemplateError) {
            let schema = try Self.embedded()
            #expect(schema.sections.count >= 8)
            #expect(schema.sections.allSatisfy { !$0.title.isEmpty && !$0.variables.isEmpty })
            #expect(schema.variables.allSatisfy { !$0.help.isEmpty && !$0.consumers.isEmpty })
        } catch {
            for problem in error.problems { Issue.record("\(problem.position): \(problem.reason)") }
        }
    }

    @Test func `decorators and notes reach the variable`() throws {
        let schema = try Self.embedded()
        let password = try #require(schema["DB_PASSWORD"])
        #expect(password.isSecret && password.isRequired && password.bindsData)
        #expect(password.generation == .urlSafe(length: 43))
        #expect(password.consumers == ["careinit", "carenotes", "patroni"])
        #expect(schema["ENCRYPTION_KEY"]?.type == .hexadecimal(bytes: 32))
        #expect(schema["PORT"]?.listen?.kind == .loopback && schema["PORT"]?.listen?.count == 3)
        #expect(schema["PORT"]?.type == .port(min: 1024, max: 65530))
        #expect(schema["SMTP_HOST"]?.requirement == .when(.equal(.reference("APP_ENV"), .text("production"))))
        #expect(schema["SMTP_PASS"]?.isGiven == true)
        #expect(schema["APP_URL"]?.essential == .yes)
        #expect(schema["TLS_KEY_PATH"]?.essential == .when(.whenEqual(variable: "TLS_MODE", value: "files")))
        #expect(schema["PORT"]?.essential == .no)
        #expect(schema["APP_URL"]?.localValue == "https://localhost:${HTTPS_PORT}")
        #expect(schema["APP_URL"]?.type == .origin)
        #expect(schema["APP_ENV"]?.section == "Application")
        #expect(schema["JWT_EXPIRES_IN"]?.type == .duration(min: .seconds(60), max: .seconds(86_400)))
        #expect(schema.retired.contains { $0.name == "NODE_ENV" && $0.replacement == "APP_ENV" })
    }

    @Test func `a consumer sees its own variables and the rules among them`() throws {
        let schema = try Self.embedded().restricted(to: "carenotes")
        #expect(schema["JWT_SECRET"] != nil && schema["SMTP_HOST"] == nil)
        #expect(schema.rules.contains { $0.kind == .atMost("DB_POOL_MIN", "DB_POOL_MAX") })
        #expect(schema.rules.allSatisfy { $0.variables.allSatisfy { schema[$0] != nil } })
    }

    struct Bad: CustomTestStringConvertible, Sendable {
        var text: String
        var code: TemplateProblem.Code
        var line: Int
        var column: Int
        var testDescription: String { text }
    }

    static let bad: [Bad] = [
        Bad(text: "# @requird\nA=\n", code: .unknownDecorator, line: 1, column: 3),
        Bad(text: "# @required @type=colour\nA=\n", code: .unknownType, line: 1, column: 19),
        Bad(text: "# @type=port(from=1)\nA=\n", code: .unknownOption, line: 1, column: 19),
        Bad(text: "# @type=port(min=one)\nA=\n", code: .badArgument, line: 1, column: 18),
        Bad(text: "# @type=port(\nA=\n", code: .malformedDecorator, line: 1, column: 3),
        Bad(text: "# @required=maybe\nA=\n", code: .badArgument, line: 1, column: 13),
        Bad(text: "# careinit: colour=red\nA=\n", code: .unknownNote, line: 1, column: 13),
        Bad(text: "# careinit: generate=base64(3)\nA=\n", code: .badArgument, line: 1, column: 22),
        Bad(text: "# careinit: rule=distinct(A, B)\nA=\n", code: .unknownVariable, line: 1, column: 13),
        Bad(text: "# careinit: rule=equal(A, A)\nA=\n", code: .badArgument, line: 1, column: 13),
        Bad(text: "# careinit: retired=A\nA=\n", code: .duplicateVariable, line: 1, column: 13),
        Bad(text: "A=1\nA=2\n", code: .duplicateVariable, line: 2, column: 1),
        Bad(text: "# @public @type=port\nA=x\n", code: .invalidDefault, line: 2, column: 1),
        Bad(text: "# @required\n\nA=\n", code: .malformedDecorator, line: 1, column: 3),
        Bad(text: "A=\nB\n", code: .syntax, line: 2, column: 1),
        Bad(text: "# @public\nA=concat($B)\nB=$A\n", code: .cyclicReference, line: 2, column: 1),
        Bad(text: "# @public\nA=$NOPE\n", code: .unknownVariable, line: 2, column: 1),
        Bad(text: "# @public\nA=eq(a)\n", code: .badArgument, line: 2, column: 3),
        Bad(text: "# @required=forEnv(production)\nA=\n", code: .badArgument, line: 1, column: 13),
        Bad(text: "# @type=string(matches=regex(\"[\"))\nA=\n", code: .badArgument, line: 1, column: 24),
        Bad(text: "# careinit: into=html\nA=\n", code: .badArgument, line: 1, column: 18),
    ]

    @Test(arguments: bad)
    func `a template's mistake has a code and a place`(_ bad: Bad) {
        let error = #expect(throws: TemplateError.self) {
            try Schema(template: EnvDocument(parsing: Array(bad.text.utf8)))
        }
        let problem = error?.problems.first
        #expect(problem?.code == bad.code)
        #expect(problem?.position == SourcePosition(line: bad.line, column: bad.column))
        #expect(problem?.reason.isEmpty == false)
    }

    @Test func `no rule in Swift names a variable of the template`() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/EnvSchema")
        let files = try #require(FileManager.default.enumerator(atPath: sources.path)?.allObjects as? [String])
        let schema = try Self.embedded()
        #expect(files.count > 30 && schema.environmentName == "APP_ENV")
        for file in files where file.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
            let named = schema.variables.map(\.name).filter { text.contains("\"\($0)\"") }
            #expect(named.isEmpty, "\(file): \(named)")
        }
    }
}
