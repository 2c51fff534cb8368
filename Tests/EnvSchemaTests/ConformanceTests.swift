import EnvSchema
import Foundation
import Testing

/// Readings of the real Docker Compose, measured elsewhere; not part of this repository.
@Suite struct ConformanceTests {
    struct Suite: Decodable {
        var cases: [Case]
    }

    struct Case: Decodable {
        var name: String
        var inputHex: String
        var expected: [String: Reading]

        enum CodingKeys: String, CodingKey {
            case name
            case inputHex = "input_hex"
            case expected
        }
    }

    struct Reading: Decodable {
        var values: [String: String?]?
        var error: Bool?
    }

    /// `$CARE_CONFORMANCE`, or `../shared/conformance` beside the checkout.
    static var folder: URL {
        if let named = ProcessInfo.processInfo.environment["CARE_CONFORMANCE"] {
            return URL(fileURLWithPath: named)
        }
        let checkout = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return checkout.deletingLastPathComponent().appendingPathComponent("shared/conformance")
    }

    @Test func `values are what Docker Compose reads`() throws {
        let file = Self.folder.appendingPathComponent("dotenv.json")
        guard let data = try? Data(contentsOf: file) else {
            return print("Not run: no conformance suite at \(file.path); set CARE_CONFORMANCE to its folder.")
        }
        let suite = try JSONDecoder().decode(Suite.self, from: data)
        #expect(!suite.cases.isEmpty)
        for test in suite.cases {
            guard let expected = test.expected["compose"]?.values else { continue }
            let document = EnvDocument(parsing: Self.bytes(ofHex: test.inputHex))
            let values = Dictionary(
                document.assignments.map { ($0.name, Optional($0.value)) }, uniquingKeysWith: { _, last in last })
            #expect(values == expected, "\(test.name)")
        }
    }

    @Test func `what Docker Compose refuses is a problem`() throws {
        for text in ["A=${NOPE:?must}\n", "A='dont\nB=2\n", "; c\nA=1\n", "A B=1\n", "A=\"x\n"] {
            #expect(!EnvDocument(parsing: Array(text.utf8)).problems.isEmpty, "\(text)")
        }
    }

    private static func bytes(ofHex hex: String) -> [UInt8] {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
        }
    }
}
