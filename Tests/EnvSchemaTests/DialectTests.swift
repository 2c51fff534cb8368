import EnvSchema
import Foundation
import TestSupport
import Testing

/// Our readers beside the real ones, on generated files.
@Suite struct DialectTests {
    /// Pieces of which a file can be made that starts no program and writes no file.
    private static let pieces = [
        "A", "B", "XENV", "A=", "A=", "B=", "A='", "B=\"", "\n", "\n", "\nB=", " ", "\t", "#", " # ", "'", "\"",
        "\\",
        "\\n", "\\\"", "$A", "${A}", "${B:-d}", "${A:+x}", "${A-", "}", "$", "{", "export ", "é", "`", "1", "x",
        "y z",
        "=", ":", ";", "\r\n", "~", "/", ".", "-", "&", "|", "(", ")", "!", "\u{A0}", "+=", "${#A}", "\\$A",
    ]

    @Test(
        .enabled(if: !RealReader.installed.isEmpty, "none of the real readers is installed"),
        arguments: RealReader.installed)
    func `we read what the real reader reads`(_ reader: RealReader) throws {
        let folder = NSTemporaryDirectory() + "careinit-dialect-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // The same files each time, but for long runs: the rare corner belongs in scripts/prove, not in front of a release.
        let isLong = FuzzTests.longRounds != nil
        let seed = isLong ? FuzzTests.seed &+ 17 : 17
        var generator = SeededGenerator(seed: seed)
        let rounds = FuzzTests.longRounds ?? 150
        var compared = 0
        for round in 0..<rounds {
            let count = Int.random(in: 1...12, using: &generator)
            let input = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
            let ours = reader.dialect.read(Array(input.utf8), environment: [:])
            if ours.dependsOnExecution { continue }
            let theirs = try reader.read(Array(input.utf8), in: folder)
            let values = ours.values.filter { reader.dialect != .node || UInt($0.key) == nil }
                .compactMapValues { if case .text(let text) = $0 { text } else { nil } }
            compared += 1
            #expect(
                (ours.failure == nil ? values : nil) == theirs,
                "\(reader.dialect.rawValue), seed \(seed), round \(round): \(String(reflecting: input))")
        }
        #expect(compared > rounds / 4)
    }
}
