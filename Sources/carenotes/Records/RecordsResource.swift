import Secrets

/// The operations on care records: what is to be done about each. `Dispatcher` knows who asks.
struct RecordsResource: Sendable {
    let notes: NoteStore
    let residents: ResidentStore
    let trail: AuditTrail
    let hash: RequestHash
    let retentionDays: Int

    typealias Work = Dispatcher.Work
}

extension Reply {
    init(_ outcome: IdempotentWrites.Outcome) {
        switch outcome {
        case .fresh(let answer): self = .json(answer.status, answer.body)
        case .replayed(let answer):
            self = Reply.json(answer.status, answer.body).with("Idempotent-Replayed", "true")
        case .olderNote: self = Problem(RecordsError.idempotencyKeyReused).reply(requestID: "")
        }
    }

    /// With the entity tag of its body (RFC 9110 §8.8.3), and without the body where the client has that already.
    func ifChanged(since headers: FieldList) -> Reply {
        guard status == .ok else { return self }
        let tag = "\"\(Hex.encode(Digest.sha256(body).prefix(16)))\""
        let reply = with("ETag", tag)
        let known = headers.values("If-None-Match").flatMap { $0.split(separator: ",") }
        let isKnown = known.contains { entry in
            let entry = entry.drop { $0 == " " }
            return entry == "*" || entry.prefix { $0 != " " } == tag || entry == "W/" + tag
        }
        guard isKnown else { return reply }
        return Reply(status: .notModified, contentType: contentType, headers: reply.headers, body: [])
    }
}
