import Foundation
import Secrets

@testable import carenotes

/// A Redis with the one user that the stack gives carenotes.
final class RedisServer: @unchecked Sendable {
    let port: UInt16
    let process: ServerProcess
    private let folder: String
    private let password: String

    init() throws {
        folder = NSTemporaryDirectory() + "carenotes-redis-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        port = try FreePort.find()
        password = try SecretGenerator.urlSafe(length: 43)
        let users = """
            user default off
            user carenotes on #\(Digest.sha256Hex(Array(password.utf8))) ~carenotes:* resetchannels -@all +get +set +del \
            +ping +select +incr +pexpire

            """
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

    func cache(password: String? = nil, threshold: Int = 5) -> Cache {
        Cache(settings(password: password), threshold: threshold, openTime: .seconds(60))
    }
}
