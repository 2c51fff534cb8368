import EnvSchema
import Templates
import Testing

@testable import careinit

/// The template and what the stack reads, in both directions. carenotes' own part is in its `SettingsTests`: it reads each
/// variable with `for=carenotes`, and no other.
@Suite struct TemplateReadersTests {
    /// What the stack's settings ask for, and the error where one is not in the template.
    private static func namesRead() throws -> (read: Set<String>, schema: Schema) {
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment))
        let configuration = try Configuration(document: SpliceNotesTests.document(schema), schema: schema)
        _ = try StackSettings(configuration)
        return (configuration.namesRead, schema)
    }

    @Test func `every variable of the template is read by the stack or by carenotes`() throws {
        let (read, schema) = try Self.namesRead()
        let carenotes = schema.variables.filter { $0.consumers.contains("carenotes") }.map(\.name)
        // APP_ENV is what the checker looks at (`@currentEnv`), and SECRET_MAX_AGE_DAYS what status and check do.
        let all = read.union(carenotes).union([schema.environmentName, SecretPolicy.variable].compactMap(\.self))
        let unread = schema.variables.map(\.name).filter { !all.contains($0) }
        #expect(unread.isEmpty)
    }

    @Test func `whatever is read is in the template`() throws {
        let (read, schema) = try Self.namesRead()
        #expect(read.count > 30 && read.allSatisfy { schema[$0] != nil })
    }

    @Test func `nothing is noted to be read by a service that the stack does not have`() throws {
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment))
        let services: Set = [
            "careinit", "carenotes", "nginx", "patroni", "prometheus", "alertmanager", "grafana", "redis", "etcd",
            "node-exporter", "postgres-exporter", "reserved",
        ]
        for variable in schema.variables {
            #expect(services.isSuperset(of: variable.consumers), "\(variable.name): \(variable.consumers)")
        }
    }
}
