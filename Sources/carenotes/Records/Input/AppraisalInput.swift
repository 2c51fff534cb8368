/// What requests about holds and appraisals say, checked.
enum AppraisalInput {
    /// The reason of a legal hold.
    static func reason(_ request: Request) throws(Problem) -> String {
        var fields = try BodyFields(request)
        let reason = fields.text("reason", longest: NoteInput.longestReason, isRequired: true)
        try fields.end()
        return reason ?? ""
    }

    /// `today` is in UTC.
    static func decision(
        _ request: Request, on residentID: String, today: CalendarDate
    ) throws(Problem) -> NewAppraisal {
        var fields = try BodyFields(request)
        let decision = fields.parsed(
            "decision", isRequired: true, "must be retain or destroy", { NewAppraisal.Decision(rawValue: $0) })
        let reason = fields.text("reason", longest: NoteInput.longestReason, isRequired: true)
        let isRetained = decision == .retain
        let wanted = "must be a day after today and before \(CalendarDate.years.upperBound), such as 2034-11-23"
        let until = fields.parsed("retain_until", isRequired: isRetained, wanted) { text in
            CalendarDate(text).flatMap { $0 > today ? $0.text : nil }
        }
        if until != nil, decision == .destroy {
            fields.fail("retain_until", "must not be given unless decision is retain")
        }
        try fields.end()
        return NewAppraisal(
            residentID: residentID, decision: decision ?? .retain, reason: reason ?? "", retainUntil: until)
    }

    static func due(_ request: Request) throws(Problem) -> (cursor: PageCursor?, limit: Int) {
        var fields = QueryFields(request)
        let limit = fields.limit()
        let cursor = try fields.cursor()
        try fields.end()
        return (cursor, limit)
    }
}
