import EnvSchema
import Foundation
import Testing

@testable import careinit

@Suite struct ConfigurationSchemaTests {
    private static let secret = "kT4-vWq8_ZmP0rXa7LcJ2nYb9DsF5hGe"

    /// A whole `.env` for production.
    private static let complete: [String: String] = [
        "APP_URL": "https://notes.care-home.co.uk", "DB_PASSWORD": secret + "1",
        "REPLICATION_PASSWORD": secret + "2",
        "REDIS_PASSWORD": secret + "3", "JWT_SECRET": secret + "4", "JWT_REFRESH_SECRET": secret + "5",
        "ENCRYPTION_KEY": "4f0c9b1d7e2a68533c5d9e7f1a2b8c4d60718293a4b5c6d7e8f90a1b2c3d4e5f",
        "GRAFANA_ADMIN_PASSWORD": secret + "6", "SMTP_HOST": "mail.care-home.co.uk",
        "SMTP_FROM": "notes@care-home.co.uk", "ALERT_EMAIL_CRITICAL": "oncall@care-home.co.uk",
    ]

    /// What is changed in it, nil for a variable taken away; whether it is still right.
    static let changes: [(change: [String: String?], isRight: Bool)] = [
        ([:], true),
        (["PORT": "3010", "LOG_LEVEL": "debug", "JWT_EXPIRES_IN": "30m"], true),
        (["ALERT_EMAIL_WARNING": "", "SMTP_USER": ""], true),
        (["NODE_ENV": "production"], true),
        (["SMTP_PORT": "465", "SMTP_SECURE": "true"], true),
        (["APP_ENV": "staging", "SMTP_HOST": nil, "SMTP_FROM": nil, "ALERT_EMAIL_CRITICAL": nil], true),
        (["SMTP_USER": "notes", "SMTP_PASS": "short"], true),
        (["DB_PASSWORD": nil], false),
        (["DB_PASSWORD": ""], false),
        (["DB_PASSWORD": "short"], false),
        (["PORT": ""], false),
        (["PORT": "80"], false),
        (["PORT": "65531"], false),
        (["PORT": "03001"], false),
        (["DB_POOL_MAX": "61"], false),
        (["DB_HOST": "127.0.0.256"], false),
        (["DB_HOST": "db.internal"], false),
        (["APP_URL": "http://notes.care-home.co.uk"], false),
        (["APP_URL": "https://notes.care-home.co.uk/app"], false),
        (["APP_ENV": "prod"], false),
        (["SMTP_SECURE": "ja"], false),
        (["SMTP_SECURE": "true"], false),
        (["SMTP_HOST": nil], false),
        (["SMTP_HOST": ""], false),
        (["SMTP_HOST": "mail server"], false),
        (["SMTP_FROM": "nobody"], false),
        (["SMTP_USER": "notes"], false),
        (["JWT_EXPIRES_IN": "15 minutes"], true),
        (["JWT_EXPIRES_IN": "quarter"], false),
        (["ENCRYPTION_KEY": secret + secret], false),
        (["APP_NAME": "Notes\nof care"], false),
        (["APP_NAME": "Notes\n"], false),
        (["LOG_LEVEL": "info\n"], false),
        (["GRAFANA_ADMIN_USER": "Admin"], false),
        (["TLS_CERT_PATH": "certs/$HOME.pem"], false),
        (["SMTP_HOTS": "1"], false),
        (["APP_ENV": "staging", "SMTP_HOST": nil], false),
    ]

    private static func settings(_ change: [String: String?]) -> [String: String] {
        change.reduce(into: complete) { $0[$1.key] = $1.value }
    }

    private func configurationSchema() throws -> ConfigurationSchema {
        ConfigurationSchema(try TemplateSource.environment().schema)
    }

    @Test func `the schema in docs is what the template says`() throws {
        try Checkout.expect("docs/env.schema.json", holds: try configurationSchema().text())
    }

    @Test(.enabled(if: PythonSchema.isInstalled, PythonSchema.reason))
    func `a real validator accepts the schema, a complete .env, and nothing wrong`() throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/env.schema.json"
        try configurationSchema().text().write(toFile: path, atomically: false, encoding: .utf8)
        let documents = try JSONText.encode(
            Self.changes.map { Self.settings($0.change) }, keys: .useDefaultKeys)
        let verdicts = try PythonSchema.judge(documents, schema: path)
        try #require(verdicts.count == Self.changes.count)
        for (row, verdict) in zip(Self.changes, verdicts) {
            #expect((verdict == "valid") == row.isRight, "\(row.change): \(verdict)")
        }
    }

    @Test func `careinit check judges the same settings in the same way`() throws {
        let checker = Checker(schema: try TemplateSource.environment().schema)
        for row in Self.changes {
            let lines = Self.settings(row.change).map { "\($0.key)=\"\($0.value.replacing("$", with: "\\$"))\"\n" }
            let findings = checker.findings(in: EnvDocument(parsing: Array(lines.joined().utf8)))
            #expect(!findings.hasErrors == row.isRight, "\(row.change): \(findings.map(\.code))")
        }
    }

    @Test func `a secret is write-only and tells no value, and each variable has its help`() throws {
        let schema = try TemplateSource.environment().schema
        guard case .object(let document) = ConfigurationSchema(schema).document,
            case .object(let properties) = document["properties"]
        else { throw CommandFailure(.failure, "the schema has no properties") }
        #expect(properties.count == schema.variables.count + schema.retired.count)
        for variable in schema.variables {
            guard case .object(let property) = properties[variable.name] else { continue }
            #expect(property["description"] == .string(VariableFacts(variable, in: schema).help))
            #expect((property["writeOnly"] == true) == variable.isSecret, "\(variable.name)")
            let telling = ["default", "examples", "const", "enum"].filter { property[$0] != nil }
            #expect(!variable.isSecret || telling.isEmpty, "\(variable.name)")
        }
    }
}
