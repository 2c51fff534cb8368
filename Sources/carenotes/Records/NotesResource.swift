import Secrets

/// `/api/notes`: notes written and listed, for whoever the access token names.
struct NotesResource: Sendable {
    let store: NoteStore
    let authenticator: Authenticator
    let logger: Logger
    private let hashKey: SecretBytes

    /// The encryption key is also what request hashes are keyed from.
    init(store: NoteStore, authenticator: Authenticator, encryptionKey: SecretBytes, logger: Logger) {
        self.store = store
        self.authenticator = authenticator
        self.logger = logger
        hashKey = SecretBytes(
            Digest.hmacSHA256(key: encryptionKey, Array("carenotes idempotency request hash".utf8)))
    }

    /// What is to be done on a worker thread; everything that can be refused without the database is refused before.
    func work(_ request: Request, now: Int64) throws(Problem) -> @Sendable () -> Reply {
        let identity = try authenticator.identity(request.headers, now: now)
        try identity.require(request.method == .post ? .writeNotes : .readRecords)
        if request.method == .post {
            let note = try NoteRequest(request)
            return { answer(request.id) { () throws(RecordsError) in try create(note, by: identity) } }
        }
        let query = try NoteQuery(request)
        return { answer(request.id) { () throws(RecordsError) in try list(query, for: identity) } }
    }

    private func create(_ request: NoteRequest, by identity: Identity) throws(RecordsError) -> Reply {
        let created = try store.create(
            request.note, by: identity, idempotencyKey: request.idempotencyKey,
            requestHash: request.hash(key: hashKey))
        var json = JSONWriter()
        Self.write(created.note, to: &json)
        let reply = Reply.json(.created, json.bytes)
        return created.isReplay ? reply.with("Idempotent-Replayed", "true") : reply
    }

    private func list(_ query: NoteQuery, for identity: Identity) throws(RecordsError) -> Reply {
        let page = try store.list(
            residentID: query.residentID, for: identity, after: query.cursor, limit: query.limit)
        var json = JSONWriter()
        json.object { json in
            json.name("notes")
            json.array { json in for note in page.notes { Self.write(note, to: &json) } }
            json.member("next", page.next)
        }
        return Reply.json(.ok, json.bytes)
    }

    private static func write(_ note: Note, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", note.id)
            json.member("organisation_id", note.organisationID)
            json.member("resident_id", note.residentID)
            json.member("author_id", note.authorID)
            json.member("body", note.body)
            json.member("key_id", note.keyID)
            json.member("created_at", note.createdAt)
        }
    }

    private func answer(_ requestID: String, _ body: () throws(RecordsError) -> Reply) -> Reply {
        do throws(RecordsError) {
            return try body()
        } catch {
            if error == .internalFailure || error == .unreadable {
                logger.log(.error, "records", [("reason", .text("\(error)")), ("request_id", .text(requestID))])
            }
            return Problem(error).reply(requestID: requestID)
        }
    }
}

extension Problem {
    init(_ error: RecordsError) {
        switch error {
        case .unavailable(let seconds):
            self = .unavailable(
                .databaseUnavailable, "The database does not answer. Try the same request again.",
                retryAfter: seconds)
        case .idempotencyKeyReused:
            self.init(
                .unprocessableContent, .idempotencyKeyReused,
                "This Idempotency-Key came before, with another note.")
        case .invalidCursor: self.init(.badRequest, .invalidCursor, "cursor must be the `next` of a page.")
        case .unreadable:
            self.init(.internalServerError, .noteUnreadable, "A note is sealed with a key that is not here.")
        case .internalFailure: self.init(.internalServerError, .internalError, "Something failed here.")
        }
    }
}
