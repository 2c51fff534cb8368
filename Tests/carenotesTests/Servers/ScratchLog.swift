import Foundation

@testable import carenotes

/// A log in a file of its own, which ends with the test.
final class ScratchLog: Sendable {
    private let path: String
    private let file: FileHandle

    init() throws {
        path = NSTemporaryDirectory() + "carenotes-log-" + UUID().uuidString
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var descriptor: Int32 { file.fileDescriptor }
    var text: String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
    var lines: [Substring] { text.split(separator: "\n") }

    var logger: Logger {
        Logger(level: .debug, format: .json, output: LogOutput(descriptor: descriptor), common: [])
    }
}
