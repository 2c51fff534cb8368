import Foundation
import Secrets
import Templates

@testable import carenotes

/// A Redis with the one user that the stack gives carenotes.
final class RedisServer: @unchecked Sendable {
    let port: UInt16
    let process: ServerProcess
    private let folder: String
    private let password: String
    private let admin: String

    /// The stack's own list of users.
    private static func users(password: String, admin: String) throws -> String {
        let template = String(decoding: Templates.file("redis/users.acl") ?? [], as: UTF8.self)
        return template.split(separator: "\n").filter { !$0.contains("monitor") && !$0.hasPrefix("{{") }
            .joined(separator: "\n")
            .replacingOccurrences(of: "{{username}}", with: "carenotes")
            .replacingOccurrences(of: "{{password_hash}}", with: Digest.sha256Hex(Array(password.utf8)))
            .replacingOccurrences(
                of: "{{#each admin_hashes}} #{{hash}}{{/each}}", with: " #\(Digest.sha256Hex(Array(admin.utf8)))")
            + "\n"
    }

    init() throws {
        folder = NSTemporaryDirectory() + "carenotes-redis-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        port = try FreePort.find()
        password = try SecretGenerator.urlSafe(length: 43)
        admin = try SecretGenerator.urlSafe(length: 43)
        let users = try Self.users(password: password, admin: admin)
        try users.write(toFile: "\(folder)/users.acl", atomically: false, encoding: .utf8)
        process = try ServerProcess(
            "redis-server",
            ["--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--dir", folder]
                + ["--aclfile", "\(folder)/users.acl"],
            isPostgres: false, output: "\(folder)/log")
    }

    deinit {
        process.thaw()
        process.killAll()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func settings(password: String? = nil) -> Settings.Redis {
        Settings.Redis(
            host: "127.0.0.1", port: port, user: "carenotes", password: SecretBytes(password ?? self.password),
            number: 3)
    }

    func cache(password: String? = nil, threshold: Int = 5, limits: Cache.Limits = Cache.Limits()) -> Cache {
        Cache(
            settings(password: password), threshold: threshold, openTime: .milliseconds(200), limits: limits)
    }

    /// One that also a busy machine leaves the time to answer.
    func patientCache() -> Cache {
        var limits = Cache.Limits()
        (limits.counting, limits.asking) = (.seconds(10), .seconds(10))
        return cache(limits: limits)
    }

    /// As careinit's own user, in the same database.
    func command(_ words: String...) throws -> String {
        let login = ["-h", "127.0.0.1", "-p", "\(port)", "-n", "3", "--user", "careinit", "--pass", admin]
        return try ServerProcess.run("redis-cli", login + ["--no-auth-warning"] + words, isPostgres: false)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
