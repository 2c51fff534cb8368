import EnvSchema
import Testing

@Suite struct SimilarityTests {
    @Test(arguments: [
        ("SMTP_HSOT", "SMTP_HOST"), ("DB_PASWORD", "DB_PASSWORD"), ("db_host", "DB_HOST"),
        ("JWT-SECRET", "JWT_SECRET"),
        ("REDIS_PASSWORDS", "REDIS_PASSWORD"), ("GRAFANA_ADMIN_PASWORD", "GRAFANA_ADMIN_PASSWORD"),
    ])
    func `a slip is understood`(_ written: String, _ meant: String) throws {
        #expect(try suggestion(for: written) == meant)
    }

    @Test(arguments: ["COMPOSE_PROJECT_NAME", "X", "HTTP_PROXY_EXCEPTIONS", "DOCKER_HOST_PATH"])
    func `nothing is suggested for what is far from everything`(_ written: String) throws {
        #expect(try suggestion(for: written) == nil)
    }

    private func suggestion(for name: String) throws -> String? {
        let document = EnvDocument(parsing: Array("\(name)=1\n".utf8))
        let findings = Checker(schema: try SchemaTests.embedded()).findings(in: document)
        return findings.first { $0.code == .unknownName }?.context.suggestion
    }
}
