import EnvSchema
import Templates
import Testing

@testable import careinit

@Suite struct FreePortsTests {
    private func choose(existing: String = "", held: Set<String>) throws -> [String: FreePort] {
        let template = EnvDocument(parsing: Templates.environment)
        let inputs = AnswerInputs(profile: .local, existing: EnvDocument(parsing: Array(existing.utf8)))
        let sheet = AnswerSheet(schema: try Schema(template: template), template: template, inputs: inputs)
        return FreePorts(sheet: sheet, isHeld: { held.contains("\($0):\($1)") }).choose()
    }

    @Test func `nothing is chosen where nothing is held`() throws {
        #expect(try choose(held: []).isEmpty)
    }

    @Test func `the next port that is free and wanted by no other service is chosen`() throws {
        #expect(
            try choose(held: ["127.0.0.1:8443", "127.0.0.1:8444"]) == [
                "HTTPS_PORT": FreePort(port: 8445, held: 8443)
            ])
        // 3001–3003 are carenotes'.
        #expect(try choose(held: ["127.0.0.1:3000"]) == ["GRAFANA_PORT": FreePort(port: 3004, held: 3000)])
        // Three neighbours are needed.
        #expect(
            try choose(held: ["127.0.0.1:3002", "127.0.0.1:3005"]) == ["PORT": FreePort(port: 3006, held: 3001)])
    }

    @Test func `members need the port on each of their addresses`() throws {
        #expect(try choose(held: ["127.0.0.12:5432"]) == ["DB_PORT": FreePort(port: 5433, held: 5432)])
        #expect(try choose(held: ["127.0.0.1:5432"]).isEmpty)
    }

    @Test func `a port that stands in the file is kept`() throws {
        #expect(try choose(existing: "HTTPS_PORT=8443\n", held: ["127.0.0.1:8443"]).isEmpty)
    }
}
