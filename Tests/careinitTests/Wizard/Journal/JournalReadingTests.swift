import TestSupport
import Testing

@testable import careinit

@Suite struct JournalReadingTests {
    private static let header = JournalEntryTests.header

    private static func bytes(_ entries: [JournalEntry]) throws -> [UInt8] { try entries.flatMap { try $0.line } }

    /// A run with everything that can happen in it.
    private static let run: [JournalEntry] = [
        .header(header), .position(.variable("A")), .answer(name: "A", value: "1"),
        .position(.variable("B")), .secret(name: "B", reference: "1"), .answer(name: "A", value: "2"),
        .answer(name: "C", value: "x"), .forget(name: "C"), .profile(.production), .position(.review),
    ]

    @Test func `the last word on each variable counts`() throws {
        let reading = JournalReading(try Self.bytes(Self.run))
        #expect(reading.answers == ["A": "2"] && reading.references == ["B": "1"])
        #expect(reading.header?.profile == .production && reading.position == .review)
        #expect(reading.damagedLine == nil)
    }

    @Test func `a secret in place of an answer, and the other way round, leaves one of them`() throws {
        let reading = JournalReading(
            try Self.bytes([
                .header(Self.header), .answer(name: "A", value: "1"), .secret(name: "A", reference: "1"),
                .secret(name: "B", reference: "2"), .answer(name: "B", value: ""),
            ]))
        #expect(reading.references == ["A": "1"] && reading.answers == ["B": ""])
    }

    @Test func `cut at any byte, it says what its whole lines say`() throws {
        let bytes = try Self.bytes(Self.run)
        for count in 0...bytes.count {
            let reading = JournalReading(Array(bytes[..<count]))
            let whole = bytes[..<count].count { $0 == UInt8(ascii: "\n") }
            #expect(reading == JournalReading(try Self.bytes(Array(Self.run.prefix(whole)))), "\(count) bytes")
            #expect(reading.damagedLine == nil && (reading.header != nil) == (whole > 0))
        }
    }

    @Test(
        arguments: [
            ([.answer(name: "A", value: "1")], 1), ([.header(header), .header(header)], 2),
            ([.header(header), .answer(name: "A", value: "1"), .header(header)], 3),
        ] as [([JournalEntry], Int)])
    func `a header stands first, and only there`(_ entries: [JournalEntry], _ line: Int) throws {
        #expect(JournalReading(try Self.bytes(entries)).damagedLine == line)
    }

    @Test func `what stands before a damaged line is kept, and nothing after it`() throws {
        var bytes = try Self.bytes(Self.run)
        let third = try Self.bytes(Array(Self.run.prefix(5))).count
        bytes[third + 30] ^= 1
        let reading = JournalReading(bytes)
        #expect(reading.damagedLine == 6)
        #expect(reading.answers == ["A": "1"] && reading.references == ["B": "1"])
    }

    @Test func `whatever is changed in it, it never says what was not written`() throws {
        let bytes = try Self.bytes(Self.run)
        var generator = SeededGenerator(seed: FuzzSeed.value &+ 1)
        let states = Set(
            try (0...Self.run.count).map { count in
                String(describing: Self.said(JournalReading(try Self.bytes(Array(Self.run.prefix(count))))))
            })
        for round in 0..<3000 {
            let damaged = generator.damaged(bytes)
            let reading = JournalReading(damaged)
            #expect(
                states.contains(String(describing: Self.said(reading))), "seed \(FuzzSeed.value), round \(round)")
        }
        for round in 0..<1000 {
            #expect(
                JournalReading(generator.bytes(upTo: 500)).header == nil, "seed \(FuzzSeed.value), round \(round)")
        }
    }

    private static func said(_ reading: JournalReading) -> [String] {
        [
            "\(String(describing: reading.header))", "\(reading.answers.sorted { $0.key < $1.key })",
            "\(reading.references.sorted { $0.key < $1.key })", "\(String(describing: reading.position))",
        ]
    }
}
