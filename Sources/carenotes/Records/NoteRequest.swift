import Secrets

/// What a request to write a note says, checked.
struct NoteRequest: Sendable, Equatable {
    var note: NewNote
    var idempotencyKey: String

    /// The longest body, in Unicode scalars.
    static let longestBody = 20_000
    /// The longest idempotency key, in bytes.
    static let longestKey = 255

    init(_ request: Request) throws(Problem) {
        idempotencyKey = try Self.key(request.headers)
        try Self.requireJSON(request.headers)
        guard let members = FlatJSON.decode(request.body) else {
            throw Problem(.badRequest, .malformedJSON, "The body is not one flat JSON object.")
        }
        note = try Self.note(members)
    }

    /// The same for the same note, however its JSON was spaced. It needs a key: it stands in the database in clear, and
    /// a plain digest would let whoever reads that find out a short note by trying.
    func hash(key: SecretBytes) -> [UInt8] {
        Digest.hmacSHA256(key: key, Array("POST note\n\(note.residentID)\n\(note.body)".utf8))
    }

    private static func note(_ members: [String: FlatJSON.Value]) throws(Problem) -> NewNote {
        guard members.keys.allSatisfy({ $0 == "resident_id" || $0 == "body" }) else {
            throw field("There are members other than resident_id and body.")
        }
        guard case .string(let resident) = members["resident_id"], let id = UUIDText.normalized(resident) else {
            throw field("resident_id must be a UUID.")
        }
        guard case .string(let body) = members["body"], (1...longestBody).contains(body.unicodeScalars.count)
        else {
            throw field("body must be a text of 1 to \(longestBody) characters.")
        }
        return NewNote(residentID: id, body: body)
    }

    private static func field(_ detail: String) -> Problem { Problem(.badRequest, .invalidField, detail) }

    /// The proxy sends a POST again when a replica fails, so that one without a key could be carried out twice.
    private static func key(_ headers: FieldList) throws(Problem) -> String {
        guard let key = headers.single("Idempotency-Key"), (1...longestKey).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw Problem(
                .badRequest, .invalidIdempotencyKey,
                "Idempotency-Key must be given once, with 1 to \(longestKey) visible ASCII characters.")
        }
        return key
    }

    private static func requireJSON(_ headers: FieldList) throws(Problem) {
        let type = headers.single("Content-Type")?.prefix { $0 != ";" && $0 != " " }.lowercased()
        guard type == "application/json" else {
            throw Problem(.unsupportedMediaType, .unsupportedMediaType, "The body must be application/json.")
        }
    }
}

/// Which notes a request asks for, checked.
struct NoteQuery: Sendable, Equatable {
    var residentID: String
    var limit = 50
    var cursor: String?

    static let limits = 1...200

    init(_ request: Request) throws(Problem) {
        guard let text = request.query.single("resident_id"), let id = UUIDText.normalized(text) else {
            throw Problem(.badRequest, .invalidParameter, "resident_id must be given once, as a UUID.")
        }
        residentID = id
        if !request.query.values("limit").isEmpty {
            guard let number = request.query.single("limit").flatMap({ Int($0) }), Self.limits.contains(number)
            else {
                throw Problem(
                    .badRequest, .invalidParameter,
                    "limit must be from \(Self.limits.lowerBound) to \(Self.limits.upperBound).")
            }
            limit = number
        }
        let cursors = request.query.values("cursor")
        guard cursors.count < 2 else {
            throw Problem(.badRequest, .invalidParameter, "cursor must be given once.")
        }
        cursor = cursors.first
    }
}
