import Secrets

/// Seals values of records, each bound to its place: moved to another row, column, table or organisation, a value does
/// not open.
///
/// A sealed value is one byte that says its form (2), the eight bytes of the key's `KeyID`, and what `Sealing` makes.
struct RecordSeal: Sendable {
    /// The key that seals new values.
    let keyID: String
    private let keys: [String: SecretBytes]
    private static let form: UInt8 = 2
    private static let idLength = 8

    init(_ ring: KeyRing) {
        keyID = ring.primaryID
        keys = ring.byID
    }

    /// The id of the key that a sealed value needs; nil for what is none.
    static func keyID(of sealed: [UInt8]) -> String? {
        sealed.count > 1 + idLength && sealed[0] == form ? Hex.encode(sealed[1...idLength]) : nil
    }

    /// Where a value belongs. Ids are lower-case UUIDs; further parts are other columns of the row that never change.
    struct Place: Sendable {
        var table: String
        var column: String
        var organisationID: String
        var rowID: String
        var further: [String] = []

        /// No part holds a line feed, so that no other place has the same bytes.
        fileprivate var associatedData: [UInt8] {
            let parts = ["carenotes record 2", table, column, organisationID, rowID] + further
            return Array(parts.joined(separator: "\n").utf8)
        }
    }

    func seal(_ text: String, at place: Place) throws(RecordsError) -> [UInt8] {
        try seal(Array(text.utf8), at: place)
    }

    func seal(_ bytes: [UInt8], at place: Place) throws(RecordsError) -> [UInt8] {
        guard let key = keys[keyID], let id = Hex.decode(keyID) else { throw .internalFailure }
        do throws(SecretsError) {
            return [Self.form] + id
                + (try Sealing.seal(bytes, key: key, associatedData: place.associatedData))
        } catch {
            throw .internalFailure
        }
    }

    /// Throws `unreadable` where its key is not here, or it was changed or moved.
    func open(_ sealed: [UInt8], at place: Place) throws(RecordsError) -> [UInt8] {
        let start = 1 + Self.idLength
        guard sealed.count > start, sealed[0] == Self.form, let key = keys[Hex.encode(sealed[1..<start])] else {
            throw .unreadable
        }
        do throws(SecretsError) {
            return try Sealing.open(
                Array(sealed[start...]), key: key, associatedData: place.associatedData)
        } catch {
            throw .unreadable
        }
    }

    func openText(_ sealed: [UInt8], at place: Place) throws(RecordsError) -> String {
        String(decoding: try open(sealed, at: place), as: UTF8.self)
    }
}
