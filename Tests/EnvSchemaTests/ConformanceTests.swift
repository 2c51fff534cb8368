import EnvSchema
import Foundation
import Testing

/// What the real readers were seen to read from a `.env` file: every `*.json` of `../shared/conformance` beside the
/// checkout, and of the folder that `$CARE_CONFORMANCE` names. Neither is part of this repository.
@Suite("Conformance") struct ConformanceTests {
    struct Suite: Decodable {
        var cases: [Case]
    }

    struct Case: Decodable {
        var name: String
        var inputHex: String
        var environment: [String: String]?
        var expected: [String: Reading]
    }

    struct Reading: Decodable {
        var values: [String: String?]?
        var error: Bool?
        var dependsOnExecution: Bool?
    }

    static var folders: [URL] {
        let checkout = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let beside = checkout.deletingLastPathComponent().appendingPathComponent("shared/conformance")
        let named = ProcessInfo.processInfo.environment["CARE_CONFORMANCE"].map { URL(fileURLWithPath: $0) }
        return [named, beside].compactMap(\.self)
    }

    static var files: [URL] {
        folders.flatMap { folder in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return names.filter { $0.hasSuffix(".json") }.sorted().map(folder.appendingPathComponent)
        }
    }

    @Test(
        .enabled(
            if: !files.isEmpty, "there is no conformance suite beside the checkout or in $CARE_CONFORMANCE"),
        arguments: files)
    func `every reading is the one that was measured`(_ file: URL) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let suite = try decoder.decode(Suite.self, from: Data(contentsOf: file))
        var compared = 0
        for test in suite.cases {
            let bytes = try #require(Self.bytes(ofHex: test.inputHex), "\(test.name)")
            for (name, expected) in test.expected {
                guard let dialect = Dialect(rawValue: name) else { continue }
                let reading = dialect.read(bytes, environment: test.environment ?? [:])
                #expect(Self.agree(reading, expected), "\(test.name), \(name): \(reading.values), not \(expected)")
                compared += 1
            }
        }
        #expect(compared > 0, "\(file.path) holds no reading of a dialect that is known here")
        print("\(file.lastPathComponent): \(suite.cases.count) cases, \(compared) readings compared")
    }

    static func agree(_ reading: DialectReading, _ expected: Reading) -> Bool {
        if expected.dependsOnExecution == true { return reading.dependsOnExecution }
        if expected.error == true { return reading.failure?.reason == .refused }
        let values = reading.values.mapValues { value -> String? in
            if case .text(let text) = value { text } else { nil }
        }
        return reading.failure == nil && !reading.dependsOnExecution && values == expected.values ?? [:]
    }

    private static func bytes(ofHex hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
        }
        return bytes.count * 2 == digits.count ? bytes : nil
    }
}
