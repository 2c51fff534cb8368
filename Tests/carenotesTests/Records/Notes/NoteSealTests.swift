import Secrets
import Testing

@testable import carenotes

struct NoteSealTests {
    static let row = NoteSeal.Row(id: "1", organisationID: "2", residentID: "3", authorID: "4")
    static let key = SecretBytes([UInt8](repeating: 1, count: 32))
    let seal = NoteSeal(key: key)

    /// As the first release sealed it.
    static func sealed(_ body: String) throws -> [UInt8] {
        try Sealing.seal(
            Array(body.utf8), key: key, associatedData: Array("carenotes note 1\n2\n3\n4\n1".utf8))
    }

    @Test(arguments: ["", "Ate half of her lunch.", "naïve 😴\n\u{0}"])
    func `opens what the first release sealed`(body: String) throws {
        #expect(try seal.open(Self.sealed(body), keyID: KeyID.of(Self.key), of: Self.row) == body)
    }

    @Test(
        arguments: [
            NoteSeal.Row(id: "9", organisationID: "2", residentID: "3", authorID: "4"),
            NoteSeal.Row(id: "1", organisationID: "9", residentID: "3", authorID: "4"),
            NoteSeal.Row(id: "1", organisationID: "2", residentID: "9", authorID: "4"),
            NoteSeal.Row(id: "1", organisationID: "2", residentID: "3", authorID: "9"),
        ])
    func `does not open in another row`(row: NoteSeal.Row) throws {
        let sealed = try Self.sealed("body")
        #expect(throws: RecordsError.unreadable) { try seal.open(sealed, keyID: KeyID.of(Self.key), of: row) }
    }

    @Test func `an unknown key id is unreadable`() throws {
        let sealed = try Self.sealed("body")
        #expect(throws: RecordsError.unreadable) {
            try seal.open(sealed, keyID: "0000000000000000", of: Self.row)
        }
    }
}
