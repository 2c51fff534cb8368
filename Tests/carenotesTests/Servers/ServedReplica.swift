import EnvSchema
import Foundation
import Secrets
import Templates

@testable import carenotes

/// The built program, serving from a file of settings as careinit gives it one.
final class ServedReplica: Sendable {
    let port: UInt16
    let process: ServerProcess
    let settings: Settings
    private let folder: String

    /// With that cluster's database, and no Redis.
    init(_ cluster: PostgresCluster) throws {
        folder = NSTemporaryDirectory() + "carenotes-served-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        port = try FreePort.find()
        let file = "\(folder)/carenotes.env"
        let document = try Self.document(cluster.settings(hosts: [PostgresCluster.primary]), port)
        try AtomicFile.write(Array(document.bytes), to: file)
        settings = try ServeSettings.load(file)
        // SwiftPM puts the executables beside the bundle of the tests.
        let words = CommandLine.arguments.first?.split(separator: "/").dropLast() ?? []
        process = try ServerProcess(
            "/" + words.joined(separator: "/") + "/carenotes",
            ["serve", "--env-file", file, "--spool", "\(folder)/spool"],
            isPostgres: false,
            output: "\(folder)/log")
    }

    deinit {
        process.end(SIGKILL)
        try? FileManager.default.removeItem(atPath: folder)
    }

    var log: String { (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "" }

    func get(_ path: String, headers: [String] = []) -> String {
        RawClient.get(path, port: port, headers: headers)
    }

    func token(_ role: Role = .manager) throws -> String {
        let claims = AccessToken.Claims(
            issuer: settings.origin, subject: PostgresTests.author.subjectID,
            organisation: PostgresTests.organisation, role: role.rawValue, id: "t", now: WallClock.seconds(),
            lifetime: 600)
        return AccessToken.mint(claims, key: settings.signingKey)
    }

    private static func document(_ database: Settings.Database, _ port: UInt16) throws -> EnvDocument {
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment)).restricted(to: "carenotes")
        var document = EnvDocument(parsing: [])
        for variable in schema.variables where variable.defaultValue == nil {
            switch variable.generation {
            case .hex(let bytes): document.set(variable.name, to: try SecretGenerator.hex(bytes: bytes))
            case .urlSafe(let length): document.set(variable.name, to: try SecretGenerator.urlSafe(length: length))
            case nil: document.set(variable.name, to: "https://localhost:8443")
            }
        }
        document.set("CORS_ORIGIN", to: "")
        document.set("PORT", to: "\(port)")
        document.set("DB_HOST", to: database.hosts[0])
        document.set("DB_PORT", to: "\(database.port)")
        document.set("DB_NAME", to: database.name)
        document.set("DB_USERNAME", to: database.user)
        document.set("DB_PASSWORD", to: database.password.withBytes { String(decoding: $0, as: UTF8.self) })
        document.set("REDIS_PORT", to: "\(try FreePort.find())")
        return document
    }
}
