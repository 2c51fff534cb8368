/// Something that was done with personal data, or with who may see it: who, what, when, from where. It names rows, and never holds
/// what stands in them.
struct AuditEvent: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable {
        case read
        case change
        /// Logins, logouts, passwords, users.
        case account
    }

    /// A lower-case UUID.
    var id: String
    var kind: Kind
    /// RFC 3339, UTC, microseconds, by the replica's clock.
    var time: String
    var origin: RequestOrigin
    /// Whose records; `nobody` where that is not known, as at a login with an unknown address.
    var organisationID: String
    /// Who did it; nil where nobody knows.
    var actorID: String?
    var actorRole: Role?
    /// The resident whose data it is.
    var residentID: String?
    /// The note, amendment, hold, decision or user.
    var recordID: String?
    /// How many rows of a list were shown.
    var count: Int?
    /// `ok`, or the code of the problem.
    var outcome = "ok"
    /// Of a login with an address that may be nobody's: what tells it from other addresses.
    var account: String?
    /// Which of a user's properties were set, such as `role,password`.
    var changed: String?

    /// Whom events belong to that are no organisation's.
    static let nobody = "00000000-0000-0000-0000-000000000000"

    /// One JSON object on one line, which is what stands in the chain, in the database and in exports.
    func json(replica: Int) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("id", id)
            json.member("time", time)
            json.member("kind", kind.rawValue)
            json.member("action", origin.action)
            json.member("outcome", outcome)
            json.member("organisation_id", organisationID)
            json.member("actor_id", actorID)
            json.member("actor_role", actorRole?.rawValue)
            json.member("resident_id", residentID)
            json.member("record_id", recordID)
            if let count { json.member("count", count) }
            if let account { json.member("account", account) }
            if let changed { json.member("changed", changed) }
            json.member("client", origin.client)
            json.member("request_id", origin.requestID)
            json.member("replica", replica)
        }
        return json.bytes
    }
}

extension AuditEvent {
    /// Something that an identity does, now.
    init(_ kind: Kind, by identity: Identity) {
        self.init(kind, identity.origin, organisationID: identity.organisationID)
        actorID = identity.subjectID
        actorRole = identity.role
    }

    /// Something that nobody known does, now.
    init(_ kind: Kind, _ origin: RequestOrigin, organisationID: String = AuditEvent.nobody) {
        self.init(
            id: RandomUUID.make(), kind: kind, time: WallClock.microseconds(), origin: origin,
            organisationID: organisationID)
    }

    func about(resident: String? = nil, record: String? = nil, count: Int? = nil) -> AuditEvent {
        var event = self
        event.residentID = resident ?? residentID
        event.recordID = record ?? recordID
        event.count = count ?? self.count
        return event
    }

    func ending(_ outcome: String) -> AuditEvent {
        var event = self
        event.outcome = outcome
        return event
    }
}

/// What an event's name in the trail is made of: unlike any other, and not secret.
enum RandomUUID {
    /// RFC 9562 §5.4.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        var high: UInt64 = generator.next()
        var low: UInt64 = generator.next()
        high = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Array((hex(high) + hex(low)).utf8)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
            .map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
