import Secrets

/// Opens the bodies of notes that a release before `RecordSeal` has sealed: their key's id stands in a column beside.
struct NoteSeal: Sendable {
    private let keys: [String: SecretBytes]

    init(_ ring: KeyRing) { keys = ring.byID }

    /// The ids of the row that a body belongs to, as lower-case UUIDs.
    struct Row: Sendable {
        var id: String
        var organisationID: String
        var residentID: String
        var authorID: String

        /// The parts have fixed lengths, so that no other row has the same bytes.
        private var associatedData: [UInt8] {
            Array("carenotes note 1\n\(organisationID)\n\(residentID)\n\(authorID)\n\(id)".utf8)
        }

        fileprivate func opened(_ sealed: [UInt8], key: SecretBytes) throws(SecretsError) -> [UInt8] {
            try Sealing.open(sealed, key: key, associatedData: associatedData)
        }
    }

    /// The body; throws `unreadable` where its key is not here, or it was changed or moved.
    func open(_ sealed: [UInt8], keyID: String, of row: Row) throws(RecordsError) -> String {
        guard let key = keys[keyID] else { throw .unreadable }
        do throws(SecretsError) {
            return String(decoding: try row.opened(sealed, key: key), as: UTF8.self)
        } catch {
            throw .unreadable
        }
    }
}
