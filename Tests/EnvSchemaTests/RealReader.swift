import EnvSchema
import Foundation
import Testing

/// A real reader of `.env` files on this machine, for tests that compare ours with it.
struct RealReader: Sendable, CustomTestStringConvertible {
    var dialect: Dialect
    private var run: @Sendable (_ file: String, _ folder: String) -> [String: String]?

    var testDescription: String { dialect.rawValue }

    /// What it read; nil where it refused the file.
    func read(_ bytes: [UInt8], in folder: String) throws -> [String: String]? {
        let file = folder + "/input.env"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return run(file, folder)
    }

    /// Those that this machine has, in a version whose rules ours are.
    static let installed: [RealReader] = [
        shell(.sh, "/usr/bin/dash"), shell(.bash, "/usr/bin/bash"), node, python,
    ]
    .compactMap(\.self)

    /// The shell finds no program but env(1): a word that looks like a command starts nothing.
    private static func shell(_ dialect: Dialect, _ path: String) -> RealReader? {
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        return RealReader(dialect: dialect) { file, folder in
            let script = "set -a; . \"$0\" >/dev/null; exec /usr/bin/env -0"
            guard let output = output([path, "-c", script, file], environment: ["PATH": folder + "/none"]) else {
                return nil
            }
            let pairs = output.split(separator: 0).map { pair in
                let sign = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
                return (text(pair[..<sign]), text(pair[sign...].dropFirst()))
            }
            let own: Set = ["PATH", "PWD", "OLDPWD", "SHLVL", "_"]
            return Dictionary(pairs.filter { !own.contains($0.0) }) { $1 }
        }
    }

    private static let node: RealReader? = {
        guard let version = output(["/usr/bin/node", "--version"]), text(version).hasPrefix("v20.") else {
            return nil
        }
        // process.env leaves out names that are numbers, and so do we.
        let script = "process.stdout.write(JSON.stringify(process.env))"
        return RealReader(dialect: .node) { file, _ in
            json(output(["/usr/bin/node", "--env-file=\(file)", "-e", script]))
        }
    }()

    /// The first python3 of $PATH that has the module in a version with these rules; `scripts/test` fetches one.
    private static let python: RealReader? = {
        let environment = ProcessInfo.processInfo.environment
        // What version managers need to find the program; no generated file refers to these names.
        let library = environment.filter { ["PATH", "HOME", "PYTHONPATH"].contains($0.key) }
        let folders = (environment["PATH"] ?? "/usr/bin").split(separator: ":").map(String.init)
        let version = "import importlib.metadata as m; print(m.version('python-dotenv'))"
        let program = folders.lazy.map { "\($0)/python3" }.first { path in
            let found = output([path, "-c", version], environment: library).map { text($0) } ?? ""
            return found.trimmingCharacters(in: .newlines).compare("1.2.4", options: .numeric) != .orderedAscending
        }
        let script = """
            import dotenv, json, sys
            print(json.dumps({k: v for k, v in dotenv.dotenv_values(sys.argv[1]).items() if v is not None}))
            """
        guard let program else { return nil }
        return RealReader(dialect: .pythonDotenv) { file, _ in
            json(output([program, "-c", script, file], environment: library))
        }
    }()

    private static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: Array(bytes), as: UTF8.self)
    }

    private static func json(_ data: Data?) -> [String: String]? {
        data.flatMap { try? JSONDecoder().decode([String: String].self, from: $0) }
    }

    /// Standard output of a program that ended with 0; nil otherwise.
    private static func output(_ arguments: [String], environment: [String: String] = [:]) -> Data? {
        guard FileManager.default.isExecutableFile(atPath: arguments[0]) else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? data : nil
    }
}
