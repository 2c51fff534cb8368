import EnvSchema
import Foundation
import Secrets
import Templates
import Transport

@testable import carenotes

/// The built carenotes with its files in generations, as careinit keeps them: the link `current` says which one is in force.
final class CarenotesProcess: @unchecked Sendable {
    let folder: String
    let port: UInt16
    private let process = Process()

    /// What stands in the two files of a generation.
    struct Files {
        var settings: [String: String]
        var keys: [String: String] = [:]
    }

    /// Starts with generation 1, and waits until it is ready.
    init(_ files: Files) throws {
        folder = NSTemporaryDirectory() + "carenotes-live-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: "\(folder)/generations", withIntermediateDirectories: true)
        port = try FreePort.find()
        try put(files, inForceAs: 1)
        let log = "\(folder)/log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.executableURL = URL(fileURLWithPath: Self.program)
        let current = "\(folder)/generations/current"
        process.arguments = [
            "serve", "--env-file", "\(current)/carenotes.env", "--keys-file", "\(current)/keys.env", "--spool",
            "\(folder)/spool",
        ]
        process.environment = ["LANG": "C.UTF-8"]
        process.standardInput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try process.run()
        do {
            try PostgresTests.waitUntil { (try? self.ready())?.status == 200 }
        } catch {
            throw ServerFailure(what: "carenotes is not ready: \(self.log)")
        }
    }

    /// SwiftPM puts the executables beside the bundle of the tests, which is the first argument of its runner.
    static var program: String {
        let words = CommandLine.arguments.first?.split(separator: "/").dropLast() ?? []
        return "/" + words.joined(separator: "/") + "/carenotes"
    }

    deinit {
        end()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func end() {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var identifier: pid_t { process.processIdentifier }
    var log: String { (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "" }
    private var complaints: String {
        log.split(separator: "\n").filter { $0.contains("\"error\"") || $0.contains("\"warn\"") }
            .joined(separator: "\n")
    }
    var address: String { "http://127.0.0.1:\(port)" }

    /// Writes a generation and renames the link to it.
    func put(_ files: Files, inForceAs number: Int) throws {
        let path = "\(folder)/generations/\(number)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var settings = EnvDocument(parsing: [])
        for (name, value) in files.settings.sorted(by: { $0.key < $1.key }) { settings.set(name, to: value) }
        settings.set("PORT", to: "\(port)")
        try AtomicFile.write(settings.bytes, to: "\(path)/carenotes.env")
        let keys = files.keys.merging(["GENERATION": "\(number)"]) { own, _ in own }
        let lines = keys.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
        try AtomicFile.write(Array(lines.utf8), to: "\(path)/keys.env")
        try? FileManager.default.removeItem(atPath: "\(folder)/generations/next")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/generations/next", withDestinationPath: "\(number)")
        guard rename("\(folder)/generations/next", "\(folder)/generations/current") == 0 else {
            throw ServerFailure(what: "rename")
        }
    }

    func reload() { kill(process.processIdentifier, SIGHUP) }

    /// Puts the files in force, and waits until the replica says that it runs with them.
    func take(_ files: Files, as number: Int) throws {
        try put(files, inForceAs: number)
        reload()
        do {
            try PostgresTests.waitUntil { try self.generation() == number }
        } catch {
            throw ServerFailure(what: "generation \(number) is not taken: \(complaints)")
        }
    }

    func ready() throws -> HTTPResponse {
        try HTTPClient.get("\(address)/api/health/ready", timeout: .seconds(10))
    }

    func generation() throws -> Int {
        let members = try JSONSerialization.jsonObject(with: Data(try ready().body)) as? [String: Any]
        return members?["generation"] as? Int ?? -1
    }

    func metric(_ line: String) throws -> String? {
        let reply = try HTTPClient.get("\(address)/api/metrics", timeout: .seconds(10))
        return String(decoding: reply.body, as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix(line + " ") }.map { String($0.dropFirst(line.utf8.count + 1)) }
    }
}
