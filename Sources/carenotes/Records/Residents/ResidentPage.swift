extension Page where Row == Resident {
    /// As it is sealed for Redis: one JSON object a line, first the page's own.
    var lines: [UInt8] {
        var head = JSONWriter()
        head.object { $0.member("next", next) }
        return rows.reduce(into: head.bytes) { bytes, row in
            bytes.append(UInt8(ascii: "\n"))
            bytes += row.json
        }
    }

    /// Nil for what `lines` did not make.
    init?(lines bytes: [UInt8]) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let head = lines.first, let members = try? JSONBody.read(Array(head)) else { return nil }
        rows = []
        switch members["next"] {
        case .string(let next)?: self.next = next
        case .null?: next = nil
        default: return nil
        }
        for line in lines.dropFirst() {
            guard let members = try? JSONBody.read(Array(line)), let resident = Resident(members) else {
                return nil
            }
            rows.append(resident)
        }
    }
}

extension Resident {
    /// Of the members that `write` makes; nil where one is missing that every resident has.
    fileprivate init?(_ members: [String: JSONValue]) {
        guard case .string(let id)? = members["id"], case .string(let organisation)? = members["organisation_id"],
            case .string(let created)? = members["created_at"], case .string(let updated)? = members["updated_at"],
            case .string(let word)? = members["status"], let status = ResidentStatus(rawValue: word),
            case .boolean(let isOnHold)? = members["legal_hold"]
        else { return nil }
        func text(_ name: String) -> String? { if case .string(let text)? = members[name] { text } else { nil } }
        self.init(
            id: id, organisationID: organisation, room: text("room"), status: status,
            careEndedOn: text("care_ended_on"), isOnLegalHold: isOnHold, createdAt: created, updatedAt: updated,
            destroyedAt: text("destroyed_at"))
        if let given = text("given_name"), let family = text("family_name") {
            details = ResidentDetails(
                givenName: given, familyName: family, dateOfBirth: text("date_of_birth"),
                nhsNumber: text("nhs_number"))
        }
    }
}
