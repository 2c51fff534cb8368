import Secrets
import Testing

@testable import carenotes

struct NoteSealTests {
    static let row = NoteSeal.Row(id: "1", organisationID: "2", residentID: "3", authorID: "4")
    let seal = NoteSeal(key: SecretBytes([UInt8](repeating: 1, count: 32)))

    @Test(arguments: ["", "Ate half of her lunch.", "naïve 😴\n\u{0}"])
    func `opens what it sealed, and seals differently each time`(body: String) throws {
        let sealed = try seal.seal(body, for: Self.row)
        #expect(try seal.open(sealed, keyID: seal.keyID, of: Self.row) == body)
        #expect(try seal.seal(body, for: Self.row) != sealed)
    }

    @Test(
        arguments: [
            NoteSeal.Row(id: "9", organisationID: "2", residentID: "3", authorID: "4"),
            NoteSeal.Row(id: "1", organisationID: "9", residentID: "3", authorID: "4"),
            NoteSeal.Row(id: "1", organisationID: "2", residentID: "9", authorID: "4"),
            NoteSeal.Row(id: "1", organisationID: "2", residentID: "3", authorID: "9"),
        ])
    func `does not open in another row`(row: NoteSeal.Row) throws {
        let sealed = try seal.seal("body", for: Self.row)
        #expect(throws: RecordsError.unreadable) { try seal.open(sealed, keyID: seal.keyID, of: row) }
    }

    @Test func `an unknown key id is unreadable`() throws {
        let sealed = try seal.seal("body", for: Self.row)
        #expect(throws: RecordsError.unreadable) {
            try seal.open(sealed, keyID: "0000000000000000", of: Self.row)
        }
    }
}
