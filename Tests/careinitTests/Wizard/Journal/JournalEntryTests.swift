import TestSupport
import Testing

@testable import careinit

@Suite struct JournalEntryTests {
    static let header = JournalHeader(
        careinit: "0.1.0", environment: "none", template: "ab", profile: .local, started: 1_795_439_405)
    static let entries: [JournalEntry] = [
        .header(header), .profile(.production), .answer(name: "APP_NAME", value: "Ros\u{E9} \"$x\" # {}\n\t\\ 🌹"),
        .answer(name: "SMTP_FROM_NAME", value: ""), .secret(name: "DB_PASSWORD", reference: "3"),
        .forget(name: "APP_NAME"), .position(.variable("review")), .position(.review),
    ]

    @Test(arguments: entries)
    func `an entry is one line, and reads back as it was`(_ entry: JournalEntry) throws {
        let line = try entry.line
        #expect(line.last == UInt8(ascii: "\n") && line.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(JournalEntry(line: line.dropLast()) == entry)
    }

    @Test func `a bit that is another one makes a line unreadable, wherever it is`() throws {
        for entry in Self.entries {
            let line = Array(try entry.line.dropLast())
            for place in line.indices {
                for bit in 0..<8 {
                    var damaged = line
                    damaged[place] ^= 1 << UInt8(bit)
                    #expect(JournalEntry(line: damaged[...]) == nil, "byte \(place), bit \(bit)")
                }
            }
        }
    }

    @Test func `rubbish is no entry`() {
        var generator = SeededGenerator(seed: FuzzSeed.value)
        for round in 0..<2000 {
            let bytes = generator.bytes(upTo: 200).filter { $0 != UInt8(ascii: "\n") }
            #expect(JournalEntry(line: bytes[...]) == nil, "seed \(FuzzSeed.value), round \(round)")
        }
    }
}
