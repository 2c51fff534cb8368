import TestSupport
import Testing

@testable import EnvSchema

/// Whatever stands in a value: judged without an end of the program, and in time in its length.
@Suite struct SecretFuzzTests {
    private static let pieces =
        [
            "eyJ", ".eyJ", "AKIA", "sk_live_", "https://", "://", ":", "@", "/", "-----BEGIN ", "PRIVATE KEY",
            "xoxb-", "SG.", "a",
            "B", "7", "=", "+", "_", "-", " ", "'", "\"", "your-", "your", "CHANGE_", "change-me", "<", ">", "{{",
            "}}", "xxx",
            "password", "qwerty", "1qaz", "1999", "20240131", "@ss", "1l!", "é", "•", "\u{0}", "\n", "__", "%",
            "[", "]", "*",
        ].map { Array($0.utf8) } + [[0xFF], [0xE2, 0x80]]

    private static func bytes(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        (0..<count).flatMap { _ in
            Bool.random(using: &generator)
                ? pieces.randomElement(using: &generator) ?? [] : [UInt8.random(in: 0...255, using: &generator)]
        }
    }

    @Test func `any bytes are judged, alike each time`() throws {
        var generator = SeededGenerator(seed: FuzzTests.seed &+ 20)
        let schema = try CheckerTests.schema("# @type=string\nA=\n\n# @sensitive\nS=\n")
        for round in 0..<2000 {
            let text = String(
                decoding: Self.bytes(Int.random(in: 0...40, using: &generator), &generator), as: UTF8.self)
            let strength = SecretStrength(of: text)
            #expect(strength.bits >= 0 && strength.bits.isFinite, "seed \(FuzzTests.seed), round \(round)")
            #expect(strength.bits <= Double(text.utf8.count) * 8, "seed \(FuzzTests.seed), round \(round)")
            for name in ["A", "S", text] {
                #expect(schema.mayShow(text, of: name) == schema.mayShow(text, of: name))
                #expect(
                    !schema.looksLikeUnmarkedSecret(text, of: name) || !schema.mayShow(text, of: name), "\(name)")
            }
            for variable in schema.variables { _ = variable.findings(for: text) }
        }
    }

    /// What took time in the square of the length of a value would take minutes here.
    @Test(
        arguments: pieces.map { String(decoding: $0, as: UTF8.self) } + [
            "a:", "<a", "{{a", "your-x", "https://a:", "-eyJ", "-eyJa", "_ghp_", "-----BEGIN A", "sk-a1B",
        ])
    func `long values take time in their length`(_ shape: String) throws {
        let schema = try CheckerTests.schema("# @type=string\nA=\n\n# @sensitive\nS=\n")
        let value = String(repeating: shape, count: 12_000 / shape.utf8.count)
        for text in [value, "x" + value, value + "x"] {
            #expect(!schema.looksLikeUnmarkedSecret(text, of: "A") || !schema.mayShow(text, of: "A"))
            for name in ["A", "S"] { _ = schema[name]?.findings(for: text) }
        }
    }
}
