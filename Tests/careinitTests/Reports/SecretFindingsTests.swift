import EnvSchema
import Testing

@testable import careinit

@Suite struct SecretFindingsTests {
    @Test func `the settings say how old a secret may become`() throws {
        let document = EnvDocument(parsing: Array("SECRET_MAX_AGE_DAYS=7\nDB_PASSWORD=abc\n".utf8))
        let schema = try TemplateSource.environment().schema
        func isOld(_ days: Int64) -> Bool {
            !SecretFindings(document: document, schema: schema, ages: ["DB_PASSWORD": 0], now: days * 86_400)
                .findings.isEmpty
        }
        #expect(isOld(8) && !isOld(7))
        #expect(SecretPolicy.days(nil) == 90 && SecretPolicy.days(EnvDocument(parsing: [])) == 90)
    }

    @Test func `a secret is old after ninety days, where it is known since when it is there`() throws {
        let document = EnvDocument(parsing: Array("DB_PASSWORD=abc\nJWT_SECRET=abc\nREDIS_PASSWORD=\n".utf8))
        let day: Int64 = 86_400
        let ages = ["DB_PASSWORD": Int64(0), "JWT_SECRET": day, "REDIS_PASSWORD": 0, "ENCRYPTION_KEY": 0]
        let schema = try TemplateSource.environment().schema
        func findings(_ days: Int64) -> [Finding] {
            SecretFindings(document: document, schema: schema, ages: ages, now: days * day).findings
        }
        #expect(findings(90).isEmpty)
        let found = findings(91)
        #expect(found.map(\.variable) == ["DB_PASSWORD"])
        #expect(found.first?.severity == .warning && found.first?.position?.line == 1)
        #expect(found.first?.reason.contains("91 days") == true)
        #expect(findings(200).compactMap(\.variable) == ["DB_PASSWORD", "JWT_SECRET"])
    }
}
