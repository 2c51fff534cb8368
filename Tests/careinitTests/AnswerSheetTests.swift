import EnvSchema
import Templates
import Testing

@testable import careinit

@Suite struct AnswerSheetTests {
    private func sheet(_ inputs: AnswerInputs) throws -> AnswerSheet {
        let template = EnvDocument(parsing: Templates.environment)
        let schema = try Schema(template: template)
        var inputs = inputs
        for (index, variable) in schema.variables.enumerated() where variable.generation != nil {
            inputs.generated[variable.name] = Sample.secret(index, for: variable)
        }
        return AnswerSheet(schema: schema, template: template, inputs: inputs)
    }

    private func source(_ name: String, in sheet: AnswerSheet) throws -> AnswerSource? {
        try sheet.answer(for: #require(sheet.schema[name]))?.source
    }

    @Test func `an earlier source wins over a later one`() throws {
        let existing = EnvDocument(parsing: Array("APP_NAME=old\nHTTP_PORT=81\nTLS_MODE=files\n".utf8))
        var sheet = try sheet(
            AnswerInputs(
                profile: .local, set: ["APP_NAME": "set"], answers: ["APP_NAME": "file", "HTTP_PORT": "82"],
                existing: existing, freePorts: ["HTTPS_PORT": FreePort(port: 9443, held: 8443)]))
        #expect(sheet.value(of: "APP_NAME") == "set")
        #expect(sheet.value(of: "HTTP_PORT") == "82")
        #expect(sheet.value(of: "TLS_MODE") == "files")
        #expect(try source("DB_PASSWORD", in: sheet) == .generated)
        #expect(try source("HTTPS_PORT", in: sheet) == .freePort)
        #expect(try source("APP_ENV", in: sheet) == .profile)
        #expect(try source("LOG_LEVEL", in: sheet) == .template)
        sheet.take("typed", for: "APP_NAME")
        #expect(sheet.value(of: "APP_NAME") == "typed")
    }

    @Test func `local values follow the values that they refer to`() throws {
        var sheet = try sheet(AnswerInputs(profile: .local))
        #expect(sheet.value(of: "APP_URL") == "https://localhost:8443")
        sheet.take("9443", for: "HTTPS_PORT")
        #expect(sheet.value(of: "APP_URL") == "https://localhost:9443")
    }

    @Test func `a placeholder or an empty secret in the existing file counts as no answer`() throws {
        let text = "DB_PASSWORD=CHANGE_THIS_TO_A_STRONG_PASSWORD_OF_32_LETTERS\nJWT_SECRET=\nSMTP_FROM_NAME=\n"
        let sheet = try sheet(AnswerInputs(profile: .local, existing: EnvDocument(parsing: Array(text.utf8))))
        #expect(try source("DB_PASSWORD", in: sheet) == .generated)
        #expect(try source("JWT_SECRET", in: sheet) == .generated)
        #expect(try source("SMTP_FROM_NAME", in: sheet) == .existing)
    }

    @Test func `an existing file is edited in place, with comments, order and unknown names kept`() throws {
        let text = "# ours\nMINE=1 # stays\nAPP_NAME=Old # the name\n\nAPP_ENV=development\n"
        var sheet = try sheet(AnswerInputs(profile: .local, existing: EnvDocument(parsing: Array(text.utf8))))
        sheet.take("New", for: "APP_NAME")
        let written = String(decoding: sheet.document().bytes, as: UTF8.self)
        #expect(written.hasPrefix("# ours\nMINE=1 # stays\nAPP_NAME=New # the name\n\nAPP_ENV=development\n"))
        #expect(written.contains("\nDB_PASSWORD="))
        #expect(!written.contains("\nLOG_LEVEL="))
    }

    @Test func `a second run over what the first one wrote changes nothing`() throws {
        let first = try sheet(AnswerInputs(profile: .local)).document()
        let again = try sheet(AnswerInputs(profile: .local, existing: EnvDocument(parsing: first.bytes)))
        #expect(again.document().bytes == first.bytes)
        #expect(again.changes(in: again.document()).isEmpty)
    }

    @Test func `the local profile leaves nothing to answer, production names everything at once`() throws {
        #expect(try sheet(AnswerInputs(profile: .local)).findings().isEmpty)
        let missing = try sheet(AnswerInputs(profile: .production)).findings().compactMap(\.variable)
        #expect(Set(missing).isSuperset(of: ["APP_URL", "SMTP_HOST", "SMTP_FROM", "ALERT_EMAIL_CRITICAL"]))
    }

    @Test func `a new file has the template's sections and explanations, but no annotations`() throws {
        let document = EnvironmentScaffold.document(from: EnvDocument(parsing: Templates.environment))
        let text = String(decoding: document.bytes, as: UTF8.self)
        #expect(text.contains("# Web and TLS\n"))
        #expect(text.contains("# The port of Redis.\n"))
        #expect(!text.contains("# @") && !text.contains("# careinit:") && !text.contains("\n\n\n"))
        let template = EnvDocument(parsing: Templates.environment)
        #expect(document.assignments.map(\.name) == template.assignments.map(\.name))
        #expect(document.assignments.map(\.value) == template.assignments.map(\.value))
    }
}
