import Foundation
import Testing

/// Files of this checkout that are made from tables of the program.
enum Checkout {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// With it, files that differ are written anew instead of failing a test.
    static let isRecording = ProcessInfo.processInfo.environment["CARE_RECORD"] == "1"

    static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }

    /// Expects the file to hold exactly the text.
    static func expect(_ path: String, holds text: String, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        if isRecording {
            let file = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let held = (try? Self.text(path)) ?? ""
        #expect(
            held == text, "\(path) is not what the program says now: CARE_RECORD=1 scripts/test writes it anew",
            sourceLocation: sourceLocation)
    }
}
