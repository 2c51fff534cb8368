import Secrets
import Testing

@testable import carenotes

struct RecordSealTests {
    static let place = RecordSeal.Place(table: "t", column: "c", organisationID: "o", rowID: "r", further: ["f"])
    let seal = RecordSeal(key: SecretBytes([UInt8](repeating: 1, count: 32)))

    @Test(arguments: ["", "Ate half of her lunch.", "naïve 😴\n\u{0}"])
    func `opens what it sealed, and seals differently each time`(text: String) throws {
        let sealed = try seal.seal(text, at: Self.place)
        #expect(try seal.openText(sealed, at: Self.place) == text)
        #expect(try seal.seal(text, at: Self.place) != sealed)
    }

    @Test func `the key's id stands in the value`() throws {
        let sealed = try seal.seal("body", at: Self.place)
        #expect(sealed[0] == 2 && Hex.encode(sealed[1..<9]) == seal.keyID)
    }

    @Test(
        arguments: [
            RecordSeal.Place(table: "x", column: "c", organisationID: "o", rowID: "r", further: ["f"]),
            RecordSeal.Place(table: "t", column: "x", organisationID: "o", rowID: "r", further: ["f"]),
            RecordSeal.Place(table: "t", column: "c", organisationID: "x", rowID: "r", further: ["f"]),
            RecordSeal.Place(table: "t", column: "c", organisationID: "o", rowID: "x", further: ["f"]),
            RecordSeal.Place(table: "t", column: "c", organisationID: "o", rowID: "r", further: ["x"]),
            RecordSeal.Place(table: "t", column: "c", organisationID: "o", rowID: "r"),
        ])
    func `does not open in another place`(place: RecordSeal.Place) throws {
        let sealed = try seal.seal("body", at: Self.place)
        #expect(throws: RecordsError.unreadable) { try seal.open(sealed, at: place) }
    }

    @Test func `another key, another form and every changed byte are unreadable`() throws {
        let sealed = try seal.seal("body", at: Self.place)
        let other = RecordSeal(key: SecretBytes([UInt8](repeating: 2, count: 32)))
        #expect(throws: RecordsError.unreadable) { try other.open(sealed, at: Self.place) }
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: RecordsError.unreadable, "byte \(index)") { try seal.open(changed, at: Self.place) }
        }
        for count in [0, 1, 9, 10] {
            #expect(throws: RecordsError.unreadable) { try seal.open(Array(sealed.prefix(count)), at: Self.place) }
        }
    }
}
