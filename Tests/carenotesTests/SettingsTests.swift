import EnvSchema
import Secrets
import Templates
import Testing

@testable import carenotes

struct SettingsTests {
    @Test func `each variable that the template gives carenotes is read, and no other`() throws {
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment)).restricted(to: "carenotes")
        var document = EnvDocument(parsing: [])
        for variable in schema.variables where variable.defaultValue == nil {
            document.set(variable.name, to: try Self.value(for: variable))
        }
        let configuration = try Configuration(document: document, schema: schema)
        _ = try Settings(configuration)
        #expect(configuration.namesRead == Set(schema.variables.map(\.name)))
    }

    private static func value(for variable: Variable) throws -> String {
        switch variable.generation {
        case .hex(let bytes): try SecretGenerator.hex(bytes: bytes)
        case .urlSafe(let length): try SecretGenerator.urlSafe(length: length)
        case nil: "https://localhost:8443"
        }
    }
}
