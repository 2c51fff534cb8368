/// What requests about residents say, checked.
enum ResidentInput {
    static let longestName = 100
    static let longestRoom = 40

    /// `today` is in UTC.
    static func new(_ request: Request, today: CalendarDate) throws(Problem) -> ResidentChanges {
        try changes(request, today: today, isNew: true)
    }

    /// A member that is null takes away what stands; one that is not there leaves it.
    static func changes(_ request: Request, today: CalendarDate) throws(Problem) -> ResidentChanges {
        try changes(request, today: today, isNew: false)
    }

    private static func changes(
        _ request: Request, today: CalendarDate, isNew: Bool
    ) throws(Problem) -> ResidentChanges {
        var fields = try BodyFields(request)
        var changes = ResidentChanges()
        changes.givenName = name("given_name", &fields, isNew)
        changes.familyName = name("family_name", &fields, isNew)
        let past = "must be a day from \(CalendarDate.years.lowerBound)-01-01 to today, such as 1938-02-28"
        let day = { (text: String) -> String? in
            CalendarDate(text).flatMap { $0 <= today ? $0.text : nil }
        }
        if fields.has("date_of_birth") { changes.dateOfBirth = .some(fields.parsed("date_of_birth", past, day)) }
        if fields.has("nhs_number") {
            let wanted = "must be an NHS number of ten digits, the last of which checks the others"
            changes.nhsNumber = .some(fields.parsed("nhs_number", wanted, NHSNumber.parse))
        }
        if fields.has("room") { changes.room = .some(fields.text("room", longest: longestRoom)) }
        changes.status = status(&fields)
        changes.careEndedOn = fields.has("care_ended_on") ? fields.parsed("care_ended_on", past, day) : nil
        try fields.end()
        return changes
    }

    static func filter(_ request: Request) throws(Problem) -> ResidentFilter {
        var fields = QueryFields(request)
        var filter = ResidentFilter()
        filter.status = fields.parsed("status", ResidentStatus.wanted, { ResidentStatus(rawValue: $0) })
        filter.room = fields.parsed("room", "must be 1 to \(longestRoom) characters") { text in
            (1...longestRoom).contains(text.unicodeScalars.count) && !text.utf8.contains(0) ? text : nil
        }
        filter.limit = fields.limit()
        filter.cursor = try fields.cursor()
        try fields.end()
        return filter
    }

    /// Cannot be taken away: everybody has one.
    private static func name(_ name: String, _ fields: inout BodyFields, _ isNew: Bool) -> String? {
        fields.text(name, longest: longestName, isRequired: isNew || fields.has(name))
    }

    private static func status(_ fields: inout BodyFields) -> ResidentStatus? {
        fields.parsed(
            "status", isRequired: fields.has("status"), ResidentStatus.wanted, { ResidentStatus(rawValue: $0) })
    }
}
