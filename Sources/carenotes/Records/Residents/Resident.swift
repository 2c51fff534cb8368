/// Who is cared for. Ids are lower-case UUIDs.
package struct Resident: Sendable, Equatable {
    package var id: String
    package var organisationID: String
    /// Nil where the resident is known by the notes of an older release only, or was destroyed.
    package var details: ResidentDetails?
    package var room: String?
    package var status = ResidentStatus.current
    /// A day of `CalendarDate`, where care has ended: the day from which the record's retention counts.
    package var careEndedOn: String?
    package var isOnLegalHold = false
    /// As `Note.createdAt`.
    package var createdAt: String
    package var updatedAt: String
    package var destroyedAt: String?

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("organisation_id", organisationID)
            json.member("given_name", details?.givenName)
            json.member("family_name", details?.familyName)
            json.member("date_of_birth", details?.dateOfBirth)
            json.member("nhs_number", details?.nhsNumber)
            json.member("room", room)
            json.member("status", status.rawValue)
            json.member("care_ended_on", careEndedOn)
            json.member("legal_hold", isOnLegalHold)
            json.member("created_at", createdAt)
            json.member("updated_at", updatedAt)
            json.member("destroyed_at", destroyedAt)
        }
    }
}

package enum ResidentStatus: String, Sendable, CaseIterable {
    case current
    /// In hospital or with relatives, and expected back.
    case away
    case left
    case died

    var endsCare: Bool { self == .left || self == .died }

    static let wanted = "must be one of \(allCases.map(\.rawValue).joined(separator: ", "))"
}

/// What is sealed in the database: who the resident is.
package struct ResidentDetails: Sendable, Equatable {
    package var givenName: String
    package var familyName: String
    /// A day of `CalendarDate`.
    package var dateOfBirth: String?
    /// Ten digits.
    package var nhsNumber: String?

    package init(givenName: String, familyName: String, dateOfBirth: String? = nil, nhsNumber: String? = nil) {
        self.givenName = givenName
        self.familyName = familyName
        self.dateOfBirth = dateOfBirth
        self.nhsNumber = nhsNumber
    }

    /// As it is sealed.
    var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("given_name", givenName)
            json.member("family_name", familyName)
            json.member("date_of_birth", dateOfBirth)
            json.member("nhs_number", nhsNumber)
        }
        return json.bytes
    }

    /// Nil for what `json` did not make.
    init?(json bytes: [UInt8]) {
        guard let members = try? JSONBody.read(bytes), case .string(let given) = members["given_name"],
            case .string(let family) = members["family_name"]
        else { return nil }
        self.init(givenName: given, familyName: family)
        if case .string(let date) = members["date_of_birth"] { dateOfBirth = date }
        if case .string(let number) = members["nhs_number"] { nhsNumber = number }
    }
}

/// What a client says of a resident: everything about a new one, and of one that stands, what changes.
package struct ResidentChanges: Sendable, Equatable {
    package var givenName: String?
    package var familyName: String?
    /// The outer nil leaves it as it is, the inner one takes it away.
    package var dateOfBirth: String??
    package var nhsNumber: String??
    package var room: String??
    package var status: ResidentStatus?
    package var careEndedOn: String?

    package init() {}

    /// Throws `invalidField` where the changes do not go together with what stands. `today` is a day of `CalendarDate`.
    func apply(to resident: inout Resident, today: String) throws(RecordsError) {
        try applyDetails(to: &resident)
        if let room { resident.room = room }
        if let status { resident.status = status }
        guard resident.status.endsCare else {
            guard careEndedOn == nil else {
                throw .invalidField("care_ended_on", "must not be given unless status is left or died")
            }
            resident.careEndedOn = nil
            return
        }
        resident.careEndedOn = careEndedOn ?? resident.careEndedOn ?? today
    }

    private func applyDetails(to resident: inout Resident) throws(RecordsError) {
        guard givenName != nil || familyName != nil || dateOfBirth != nil || nhsNumber != nil else { return }
        guard let given = givenName ?? resident.details?.givenName else {
            throw .invalidField("given_name", "must be given, since the resident has none yet")
        }
        guard let family = familyName ?? resident.details?.familyName else {
            throw .invalidField("family_name", "must be given, since the resident has none yet")
        }
        var details = ResidentDetails(
            givenName: given, familyName: family, dateOfBirth: resident.details?.dateOfBirth,
            nhsNumber: resident.details?.nhsNumber)
        if let dateOfBirth { details.dateOfBirth = dateOfBirth }
        if let nhsNumber { details.nhsNumber = nhsNumber }
        resident.details = details
    }
}
