import EnvSchema
import Secrets
import Testing

@testable import careinit

@Suite("What is known of changing each secret")
struct RotatableSecretTests {
    private static func schema() throws -> Schema { try TemplateSource.environment().schema }

    @Test("every secret of the template can be named, and no other variable")
    func names() throws {
        let schema = try Self.schema()
        let names = RotatableSecret.all(in: schema).map(\.name)
        let own = InternalSecret.allCases.map(\.rawValue)
        #expect(names == schema.variables.filter(\.isSecret).map(\.name) + own + ["TLS_KEY"])
        #expect(names.contains("DB_PASSWORD") && names.contains("SMTP_PASS"))
        #expect { try RotationChoice.secrets(["DB_PASWORD"], in: schema) } throws: {
            ($0 as? CommandFailure)?.fix == "DB_PASSWORD"
        }
        #expect(throws: CommandFailure.self) { try RotationChoice.secrets(["APP_URL"], in: schema) }
        let secrets = try RotationChoice.secrets(["JWT_SECRET", "DB_PASSWORD"], in: schema)
        #expect(secrets.map(\.name) == ["DB_PASSWORD", "JWT_SECRET"])
    }

    @Test("each is explained in five lines that name it, and no two kinds alike")
    func explanations() throws {
        let all = RotatableSecret.all(in: try Self.schema())
        for secret in all {
            let lines = RotationExplanation(secret: secret).lines
            #expect(lines.first == secret.name && lines.count == 6)
            #expect(lines.dropFirst().dropLast().allSatisfy { $0.count > 20 })
        }
    }

    @Test("what data depend on has two of everything; what tokens are made with waits for them")
    func items() throws {
        let schema = try Self.schema()
        let sheet = AnswerSheet(
            schema: schema, template: try TemplateSource.environment().document, inputs: AnswerInputs())
        var document = sheet.document()
        for variable in schema.variables where variable.isSecret && variable.generation != nil {
            let value = variable.name == "ENCRYPTION_KEY" ? try SecretGenerator.hex(bytes: 32) : nil
            document.set(variable.name, to: try value ?? SecretGenerator.urlSafe(length: 43))
        }
        for (name, value) in [
            "APP_ENV": "development", "APP_URL": "https://localhost:8443", "TLS_MODE": "self-signed",
        ] { document.set(name, to: value) }
        let configuration = try Configuration(document: document, schema: schema)
        func item(_ name: String) throws -> RotationItem {
            try RotationChoice.secrets([name], in: schema)[0].item(
                configuration, own: [InternalSecret.monitorLogin: "monitor_b"], replicator: Replicators.second)
        }
        let database = try item("DB_PASSWORD")
        #expect(database.oldLogin == "writecarenotes" && database.newLogin == "writecarenotes_b")
        #expect(database.retirement == .drained && database.isStaged && database.isDrained)
        #expect(try item("REPLICATION_PASSWORD").newLogin == Replicators.first)
        #expect(try item("REDIS_PASSWORD").newLogin == "carenotes_b")
        #expect(try item("MONITOR_PASSWORD").newLogin == "monitor")
        #expect(try item("JWT_SECRET").retirement == .after(seconds: 86_430))
        #expect(try item("JWT_REFRESH_SECRET").retirement == .after(seconds: 7 * 86_400 + 30))
        #expect(try item("ENCRYPTION_KEY").retirement == .released)
        let key = RotationRun(kind: .rotate, items: [try item("TLS_KEY")], startedAt: 0)
        #expect(
            key.steps.map(\.text).joined(separator: ", ")
                == "stage TLS_KEY, prove TLS_KEY, settle, publish, drain TLS_KEY, retire TLS_KEY")
        let own = [InternalSecret.etcd.rawValue: "0a1b"]
        let all = RotationChoice.all(configuration, own: own)
        #expect(all.last == "ETCD_CERTIFICATES" && !all.contains("MONITOR_PASSWORD"))
        #expect(all.contains("GRAFANA_ADMIN_PASSWORD"))
        // Somebody else has to know of these.
        #expect(!all.contains("SMTP_PASS") && !all.contains("TLS_KEY"))
        let ages = Dictionary(uniqueKeysWithValues: all.map { ($0, Int64(1_000)) })
        #expect(RotationChoice.older(than: 60, configuration, own: own, ages: ages, now: 1_060).isEmpty)
        #expect(RotationChoice.older(than: 60, configuration, own: own, ages: ages, now: 1_061) == all)
        #expect(RotationChoice.older(than: 60, configuration, own: own, ages: [:], now: 1_000) == all)
    }

    @Test("what carenotes says of its values is read whole, or is an error")
    func remaining() throws {
        let text = "{\"key_id\":\"a\",\"rows\":2}\n{\"remaining\":12,\"primary_key_id\":\"0a1b\"}\n"
        #expect(try EncryptionKeyMechanism.remaining(text, under: "0a1b") == 12)
        for (text, key) in [
            (text, "ffff"), ("", "0a1b"), ("{\"remaining\":0}", "0a1b"),
            ("{\"remaining\":-1,\"primary_key_id\":\"0a1b\"}", "0a1b"),
            ("0", "0a1b"),
        ] { #expect(throws: CommandFailure.self) { try EncryptionKeyMechanism.remaining(text, under: key) } }
    }
}
