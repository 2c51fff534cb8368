/// A user of an organisation, as administrators see one. Ids are lower-case UUIDs.
struct User: Equatable, Sendable {
    var id: String
    var organisationID: String
    var email: String
    var role: Role
    /// RFC 3339, UTC.
    var createdAt: String
    var isDisabled: Bool
    /// Seconds that logins are refused for, after too many failures.
    var lockedFor = 0

    /// The columns that `init` reads.
    static let columns = """
        id::text, organisation_id::text, email, role,
        to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), (disabled_at IS NOT NULL)::text
        """

    init(_ result: QueryResult, row: Int) throws(PostgresError) {
        id = try result.requiredText(row, 0)
        organisationID = try result.requiredText(row, 1)
        email = try result.requiredText(row, 2)
        guard let role = Role(rawValue: try result.requiredText(row, 3)) else {
            throw .unexpectedResult("an unknown role")
        }
        self.role = role
        createdAt = try result.requiredText(row, 4)
        isDisabled = try result.requiredText(row, 5) == "true"
    }

    var identity: Identity { Identity(organisationID: organisationID, subjectID: id, role: role) }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("organisation_id", organisationID)
            json.member("email", email)
            json.member("role", role.rawValue)
            json.member("created_at", createdAt)
            json.member("disabled", isDisabled)
            json.member("locked_for_seconds", lockedFor)
        }
    }
}

extension QueryResult {
    /// Throws where the column is no whole number as text.
    func requiredInteger(_ row: Int, _ column: Int) throws(PostgresError) -> Int {
        guard let number = Int(try requiredText(row, column)) else {
            throw .unexpectedResult("no number in column \(column)")
        }
        return number
    }
}
