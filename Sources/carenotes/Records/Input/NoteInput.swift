/// What requests about notes say, checked.
enum NoteInput {
    /// The longest body, in Unicode scalars.
    static let longestBody = 20_000
    static let longestReason = 1000

    static func note(_ request: Request) throws(Problem) -> NewNote {
        var fields = try BodyFields(request)
        let resident = fields.parsed(
            "resident_id", isRequired: true, "must be a UUID", { UUIDText.normalized($0) })
        let body = fields.text("body", longest: longestBody, isRequired: true)
        let tags = tags(&fields)
        try fields.end()
        return NewNote(residentID: resident ?? "", body: body ?? "", tags: tags)
    }

    static func amendment(_ request: Request, to noteID: String) throws(Problem) -> NewAmendment {
        var fields = try BodyFields(request)
        let body = fields.text("body", longest: longestBody, isRequired: true)
        let reason = fields.text("reason", longest: longestReason, isRequired: true)
        try fields.end()
        return NewAmendment(noteID: noteID, body: body ?? "", reason: reason ?? "")
    }

    static func filter(_ request: Request) throws(Problem) -> NoteFilter {
        var fields = QueryFields(request)
        var filter = NoteFilter()
        filter.residentID = fields.parsed("resident_id", "must be a UUID", { UUIDText.normalized($0) })
        filter.authorID = fields.parsed("author_id", "must be a UUID", { UUIDText.normalized($0) })
        filter.tag = fields.parsed("tag", Tag.wanted, Tag.parse)
        let moment = "must be a day or a time from 1900 to 2199, such as 2026-11-23 or 2026-11-23T14:20:00Z"
        filter.from = fields.parsed("from", moment, Moment.parse)
        filter.to = fields.parsed("to", moment, Moment.parse)
        filter.limit = fields.limit()
        filter.cursor = try fields.cursor()
        try fields.end()
        return filter
    }

    /// The same for the same note, also in a release that knew no tags.
    static func hash(_ note: NewNote, with hash: RequestHash) -> RequestHash.Hashes {
        note.tags.isEmpty
            ? hash.of(text: "POST note\n\(note.residentID)\n\(note.body)")
            : hash.of(["POST tagged note", note.residentID, note.tags.joined(separator: ","), note.body])
    }

    private static func tags(_ fields: inout BodyFields) -> [String] {
        let tags = fields.texts("tags")
        guard tags.count <= Tag.most, tags.allSatisfy({ Tag.parse($0) != nil }) else {
            fields.fail("tags", "must be at most \(Tag.most) texts, each of which \(Tag.wanted)")
            return []
        }
        return Set(tags).sorted()
    }
}
