import Secrets

/// Seals the bodies of notes, each bound to its row: moved to another row, a body does not open.
struct NoteSeal: Sendable {
    /// The key that seals new bodies.
    let keyID: String
    private let keys: [String: SecretBytes]

    init(key: SecretBytes) {
        keyID = KeyID.of(key)
        keys = [keyID: key]
    }

    /// The ids of the row that a body belongs to, as lower-case UUIDs.
    struct Row {
        var id: String
        var organisationID: String
        var residentID: String
        var authorID: String

        /// The parts have fixed lengths, so that no other row has the same bytes.
        fileprivate var associatedData: [UInt8] {
            Array("carenotes note 1\n\(organisationID)\n\(residentID)\n\(authorID)\n\(id)".utf8)
        }
    }

    func seal(_ body: String, for row: Row) throws(RecordsError) -> [UInt8] {
        guard let key = keys[keyID] else { throw .internalFailure }
        do throws(SecretsError) {
            return try Sealing.seal(Array(body.utf8), key: key, associatedData: row.associatedData)
        } catch {
            throw .internalFailure
        }
    }

    /// The body; throws `unreadable` where its key is not here, or it was changed or moved.
    func open(_ sealed: [UInt8], keyID: String, of row: Row) throws(RecordsError) -> String {
        guard let key = keys[keyID] else { throw .unreadable }
        do throws(SecretsError) {
            let body = try Sealing.open(sealed, key: key, associatedData: row.associatedData)
            return String(decoding: body, as: UTF8.self)
        } catch {
            throw .unreadable
        }
    }
}
