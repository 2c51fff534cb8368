import Foundation
import Testing

@testable import careinit

@Suite struct RedisProbeTests {
    /// A real Redis with that password, gone with its owner.
    private final class Server {
        let port: UInt16
        private let folder = TemporaryFolder()
        private let process = Process()

        init(password: String) throws {
            port = try LoopbackPort.unused()
            let quoted = password.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            let lines = ["bind 127.0.0.1", "port \(port)", "save \"\"", "requirepass \"\(quoted)\""]
            try Data(lines.joined(separator: "\n").utf8).write(
                to: URL(fileURLWithPath: "\(folder.path)/redis.conf"))
            process.executableURL = URL(fileURLWithPath: "/usr/bin/redis-server")
            process.arguments = ["\(folder.path)/redis.conf"]
            process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
            process.standardOutput = FileHandle.nullDevice
            try process.run()
        }

        deinit {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    @Test(arguments: ["Zq3vT8yLw1RkNf6B", "two words", "a \"b\" 'c' \\d ü", "line\nQUIT"])
    func `a password logs in whatever is in it, and another does not`(password: String) throws {
        let server = try Server(password: password)
        var result = ProbeResult.unhealthy("")
        let deadline = ContinuousClock.now + .seconds(60)
        repeat {
            result = RedisProbe.logIn(address: "127.0.0.1", port: server.port, user: "default", password: password)
        } while !result.isHealthy && ContinuousClock.now < deadline
        #expect(result == .healthy)
        let other = RedisProbe.logIn(
            address: "127.0.0.1", port: server.port, user: "default", password: "x\(password)")
        #expect(other.reason?.contains("WRONGPASS") == true)
    }
}
