import Foundation

/// A server that a test started: ended with it, and stopped and killed at will.
final class ServerProcess: @unchecked Sendable {
    private let process = Process()

    /// Runs `program`, as user postgres where this is root and `isPostgres`. Its output goes to the file.
    init(_ program: String, _ arguments: [String], isPostgres: Bool, output: String) throws {
        let words = (isPostgres ? Self.becomingPostgres : []) + [program] + arguments
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        try file.seekToEnd()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = file
        process.standardError = file
        try process.run()
    }

    var identifier: pid_t { process.processIdentifier }

    /// It and its children: PostgreSQL's backends are in process groups of their own.
    var family: [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return [identifier] + names.compactMap { pid_t($0) }.filter { Self.parent(of: $0) == identifier }
    }

    func freeze() { family.forEach { kill($0, SIGSTOP) } }

    func thaw() { family.forEach { kill($0, SIGCONT) } }

    /// Kills it with its children, so that nothing of it holds its port or its files.
    func killAll() {
        let family = family
        family.forEach { kill($0, SIGKILL) }
        process.waitUntilExit()
        for child in family {
            // The orphans are reaped by whoever is above us; until then they are gone or zombies.
            for _ in 0..<400 where Self.isAlive(child) { usleep(5_000) }
        }
    }

    /// Asks it to end, and waits.
    func end(_ signal: Int32) {
        guard process.isRunning else { return }
        thaw()
        kill(identifier, signal)
        for _ in 0..<1000 where process.isRunning { usleep(5_000) }
        if process.isRunning { killAll() }
    }

    /// What it exits with; 128 and the signal where one ended it. Waits for its end.
    func exitCode() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }

    /// Runs a program to its end; throws where it fails.
    @discardableResult
    static func run(_ program: String, _ arguments: [String], isPostgres: Bool = true) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = (isPostgres ? becomingPostgres : []) + [program] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ServerFailure(what: "\(program): \(text)") }
        return text
    }

    /// PostgreSQL refuses to run as root.
    private static var becomingPostgres: [String] {
        getuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
    }

    private static func stat(of process: pid_t) -> [Substring] {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        // The name before the last parenthesis may hold anything.
        return text.split(separator: ")").last.map { $0.split(separator: " ") } ?? []
    }

    private static func parent(of process: pid_t) -> pid_t? {
        let fields = stat(of: process)
        return fields.count > 1 ? pid_t(fields[1]) : nil
    }

    private static func isAlive(_ process: pid_t) -> Bool {
        guard let state = stat(of: process).first else { return false }
        return state != "Z"
    }
}

struct ServerFailure: Error { var what: String }
