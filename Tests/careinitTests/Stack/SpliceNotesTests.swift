import EnvSchema
import Templates
import Testing

@testable import careinit

/// The notes `into=` of the template beside the files that a value really stands in.
@Suite struct SpliceNotesTests {
    /// A value of the variable's type that stands nowhere else; nil for numbers, words from a list and the like, which fit
    /// everywhere.
    private static func canary(of variable: Variable) -> String? {
        switch variable.type {
        case .string where variable.isSecret: "zq7Canary-Kd93mWx_Rb52Yv8LtJh6QcNs4Gf"
        case .string where variable.name == "CORS_ORIGIN": "https://zq7canary.care.co.uk"
        case .string: "zq7Canary"
        case .identifier: "zq7canary"
        case .email: "zq7canary@care.co.uk"
        case .hostname: "zq7canary.care.co.uk"
        case .origin: "https://zq7canary.care.co.uk"
        default: nil
        }
    }

    /// A complete `.env` for production.
    static func document(_ schema: Schema) -> EnvDocument {
        var document = EnvDocument(parsing: Templates.environment)
        let secrets = zip(schema.variables.filter { $0.generation != nil }, "abcdefghijkl")
        for (variable, letter) in secrets {
            let isHex = variable.generation == .hex(bytes: 32)
            let digits = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" + "13579bdf02468ace8ace02469bdf1357"
            document.set(variable.name, to: isHex ? digits : "\(letter)Kd93mWx_Rb52Yv8LtJh6QcNs4GfUe7Ap1Zi0Ob3Tr5")
        }
        let answers = [
            "APP_URL": "https://notes.care.co.uk", "SMTP_HOST": "mail.care.co.uk", "SMTP_USER": "care",
            "SMTP_PASS": "Quiet-Harbour-41", "SMTP_FROM": "alerts@care.co.uk",
            "ALERT_EMAIL_CRITICAL": "oncall@care.co.uk", "ALERT_EMAIL_WARNING": "team@care.co.uk",
        ]
        for (name, value) in answers { document.set(name, to: value) }
        return document
    }

    /// The language of a file, by its name; nil for those that are no language, such as a passfile.
    private static func splices(in file: PlannedFile) -> [Splice]? {
        let name = file.path.split(separator: "/").last ?? ""
        switch name.split(separator: ".").last {
        case "yml", "json": return [.json]
        case "ini": return [.ini]
        case "sql": return [.sql, .identifier]
        case "acl": return [.plain]
        case "sh": return [.word]
        case "conf": return name == "nginx.conf" ? [.nginx] : name == "redis.conf" ? [.json] : [.ini]
        default: return nil
        }
    }

    private static func splices(of variable: Variable, _ schema: Schema) throws -> Set<Splice> {
        guard let canary = canary(of: variable) else { return [] }
        var document = document(schema)
        document.set(variable.name, to: canary)
        let configuration = try Configuration(document: document, schema: schema)
        let folder = TemporaryFolder()
        let plan = try StackFixture(state: "\(folder.path)/state", settings: StackSettings(configuration)).plan()
        let mark = String(canary.drop { $0 != "z" }.prefix { $0 != "@" && $0 != "." })
        let holding = plan.files.filter { String(decoding: $0.contents, as: UTF8.self).contains(mark) }
        return Set(holding.compactMap { splices(in: $0) }.flatMap(\.self))
    }

    @Test func `say where a value is put`() throws {
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment))
        for variable in schema.variables {
            let found = try Self.splices(of: variable, schema)
            let noted = Set(variable.splices)
            #expect(noted.isSubset(of: found), "\(variable.name) is noted for \(noted.subtracting(found))")
            #expect(found.isSubset(of: noted), "\(variable.name) stands in \(found.map(\.rawValue))")
        }
    }
}
