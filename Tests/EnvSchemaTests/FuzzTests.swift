import EnvSchema
import Foundation
import Templates
import TestSupport
import Testing

@Suite struct FuzzTests {
    /// A new seed each run; `$CARE_FUZZ_SEED` repeats one.
    static let seed: UInt64 = {
        let given = ProcessInfo.processInfo.environment["CARE_FUZZ_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 0...UInt64.max)
        print("Seed of the fuzz tests: CARE_FUZZ_SEED=\(seed)")
        return seed
    }()

    /// How many rounds a long run takes (`$CARE_FUZZ_ROUNDS`); nil in a short one.
    static let longRounds = ProcessInfo.processInfo.environment["CARE_FUZZ_ROUNDS"].flatMap { Int($0) }

    @Test func `any bytes are kept, and their items leave no gap`() {
        var generator = SeededGenerator(seed: Self.seed)
        for round in 0..<(Self.longRounds ?? 2000) {
            let bytes = generator.document(pieces: Int.random(in: 0...60, using: &generator))
            let document = EnvDocument(parsing: bytes)
            let joined = document.items.flatMap { document.bytes[$0.range] }
            #expect(joined == bytes, "seed \(Self.seed), round \(round)")
            #expect(document.bytes == bytes)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `every reader ends, and cuts any file without gap or overlap`(dialect: Dialect) {
        var generator = SeededGenerator(seed: Self.seed &+ 5)
        for round in 0..<(Self.longRounds ?? 1500) {
            let bytes = generator.document(pieces: Int.random(in: 0...40, using: &generator))
            let reading = dialect.read(bytes)
            let joined = reading.pieces(of: bytes.count).flatMap { bytes[$0] }
            #expect(joined == bytes, "\(dialect.rawValue), seed \(Self.seed), round \(round)")
            for entry in reading.entries {
                #expect(entry.range.lowerBound >= 0 && entry.range.upperBound <= bytes.count)
            }
        }
    }

    /// What grows by doubling would fill the memory; what looks back at each byte would take hours.
    @Test(arguments: Dialect.allCases)
    func `no reader takes more than time in the length of a file`(dialect: Dialect) {
        let doubling = "A=xxxxxxxxxxxxxxxx\n" + String(repeating: "A=${A}${A}\n", count: 60)
        let cycle = "A=$B\nB=$A\n" + String(repeating: "A=$B$B\nB=${A}${A}\n", count: 40)
        let shapes = [
            "${A:-", "${A", "$(", "${", "\"", "'", "\\", "\\'", "\\\"", "`", "A='\\'\n", "A=\"\\\"\n", "A=\n\n",
            "A=",
            "A=1\n", "A\n", "#", " ", "\r", "~:", "\u{0}", "(", "${A-$(", "A=(", "export ", "&&", "A=1;", "é",
            "\u{A0}",
        ].map { String(repeating: $0, count: 40_000 / $0.utf8.count) }
        for text in [doubling, cycle] + shapes
            + shapes.flatMap({ ["A=" + $0, "A=\"" + $0, "A=\"" + $0 + "\"\n"] })
        {
            let reading = dialect.read(Array(text.utf8))
            let size = reading.entries.reduce(0) { sum, entry in
                if case .text(let value) = entry.value { sum + value.utf8.count } else { sum }
            }
            #expect(size <= text.utf8.count * 2 + 1 << 21, "\(dialect.rawValue): \(text.prefix(20))")
        }
    }

    @Test func `single bytes of every value are kept`() {
        for first in UInt8.min...UInt8.max {
            for second in [UInt8(ascii: "\n"), UInt8(ascii: "="), 0xFF, first] {
                let bytes = [first, second]
                let document = EnvDocument(parsing: bytes)
                #expect(document.items.flatMap { document.bytes[$0.range] } == bytes)
            }
        }
    }

    @Test func `whatever value is set is read back, and every other value stays`() {
        var generator = SeededGenerator(seed: Self.seed &+ 1)
        for round in 0..<(Self.longRounds ?? 1000) {
            let before = EnvDocument(
                parsing: generator.document(pieces: Int.random(in: 0...40, using: &generator)))
            if before.problems.contains(where: { $0.code == .unterminatedQuote }) { continue }
            let value = String(decoding: generator.document(pieces: 6), as: UTF8.self)
            var after = before
            after.set("SET", to: value)
            #expect(after.value(of: "SET") == value, "seed \(Self.seed), round \(round)")
            after.set("SET", to: "")
            after.set("SET", to: value)
            #expect(after.value(of: "SET") == value, "seed \(Self.seed), round \(round)")
            for assignment in before.assignments where assignment.name != "SET" {
                #expect(
                    after.value(of: assignment.name) == before.value(of: assignment.name),
                    "seed \(Self.seed), round \(round)")
            }
        }
    }

    @Test func `no file and no template brings the checker down`() throws {
        var generator = SeededGenerator(seed: Self.seed &+ 2)
        let schema = try SchemaTests.embedded()
        for _ in 0..<(Self.longRounds.map { $0 / 10 } ?? 300) {
            let document = EnvDocument(parsing: generator.document(pieces: 50))
            _ = try? Schema(template: document)
            for finding in Checker(schema: schema).findings(in: document) {
                #expect(!finding.reason.isEmpty && !finding.fix.isEmpty)
            }
        }
    }

    @Test func `a mutated template is understood or refused`() {
        var generator = SeededGenerator(seed: Self.seed &+ 3)
        for _ in 0..<60 {
            var bytes = Templates.environment
            for _ in 0..<3 {
                let offset = Int.random(in: 0..<bytes.count, using: &generator)
                let end = min(bytes.count, offset + Int.random(in: 0...9, using: &generator))
                bytes.replaceSubrange(offset..<end, with: generator.document(pieces: 2))
            }
            let document = EnvDocument(parsing: bytes)
            #expect(document.items.flatMap { bytes[$0.range] } == bytes)
            _ = try? Schema(template: document)
        }
    }

    /// A shape that took time in the square of its length would be noticed: the tests would take minutes.
    @Test(
        arguments: [
            "A='", "A=\"", "A=\"\\", "A=$A", "${A:-", "$", "{", "}", "A=${A:-{", "#", " #", "\n", "A\n", "=",
            "A=\"x\"B=",
            "A='x\n", "A=\"x\ny\"z\n", "A=1\n", "é", "\\", "${", "A=${A}\n",
        ])
    func `long input takes time in its length`(_ shape: String) throws {
        let schema = try SchemaTests.embedded()
        let bytes = Array(String(repeating: shape, count: 60_000 / shape.utf8.count).utf8)
        for input in [bytes, Array("A=".utf8) + bytes, Array("A=\"".utf8) + bytes] {
            let document = EnvDocument(parsing: input)
            #expect(document.bytes.count == input.count)
            _ = Checker(schema: schema).findings(in: document)
            _ = try? Schema(template: document)
        }
    }
}
