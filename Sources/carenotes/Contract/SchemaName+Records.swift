extension SchemaName {
    var residents: JSONSchema {
        switch self {
        case .newResident: .object(Self.resident(isNew: true))
        case .residentChanges: .object(Self.resident(isNew: false))
        case .residentPage: page("residents", of: .resident)
        case .recordPage: page("records", of: .resident)
        case .legalHold:
            .object([
                .required("id", .text(.id)), .required("resident_id", .text(.id)),
                .required("reason", .text(.text(longest: NoteInput.longestReason))),
                .required("placed_by", .text(.id)), .required("placed_at", .text(.time)),
            ])
        case .newLegalHold:
            .object([.required("reason", .text(.text(longest: NoteInput.longestReason)))])
        case .appraisal:
            .object([
                .required("id", .text(.id)), .required("resident_id", .text(.id)),
                .required("decision", .text(.one(of: NewAppraisal.Decision.allCases.map(\.rawValue)))),
                .required("reason", .text(.text(longest: NoteInput.longestReason))),
                .required("retain_until", .nullable(.day)), .required("decided_by", .text(.id)),
                .required("decided_at", .text(.time)), .required("destroyed_at", .nullable(.time)),
            ])
        case .newAppraisal:
            .object([
                .required("decision", .text(.one(of: NewAppraisal.Decision.allCases.map(\.rawValue)))),
                .required("reason", .text(.text(longest: NoteInput.longestReason))),
                .optional("retain_until", .nullable(.day)),
            ])
        default:
            .object([
                .required("id", .text(.id)), .required("organisation_id", .text(.id)),
                .required("given_name", .nullable(.text(longest: ResidentInput.longestName))),
                .required("family_name", .nullable(.text(longest: ResidentInput.longestName))),
                .required("date_of_birth", .nullable(.day)), .required("nhs_number", .nullable(.nhsNumber)),
                .required("room", .nullable(.text(longest: ResidentInput.longestRoom))),
                .required("status", .text(.status)), .required("care_ended_on", .nullable(.day)),
                .required("legal_hold", .boolean), .required("created_at", .text(.time)),
                .required("updated_at", .text(.time)), .required("destroyed_at", .nullable(.time)),
            ])
        }
    }

    private static func resident(isNew: Bool) -> [JSONSchema.Member] {
        let name = JSONSchema.text(.text(longest: ResidentInput.longestName))
        return [
            JSONSchema.Member(name: "given_name", schema: name, isRequired: isNew),
            JSONSchema.Member(name: "family_name", schema: name, isRequired: isNew),
            .optional("date_of_birth", .nullable(.day)), .optional("nhs_number", .nullable(.nhsNumber)),
            .optional("room", .nullable(.text(longest: ResidentInput.longestRoom))),
            .optional("status", .text(.status)), .optional("care_ended_on", .nullable(.day)),
        ]
    }

    var notes: JSONSchema {
        switch self {
        case .newNote:
            .object([
                .required("resident_id", .text(.id)),
                .required("body", .text(.text(longest: NoteInput.longestBody))),
                .optional("tags", .list(.text(.tag), most: Tag.most)),
            ])
        case .notePage: page("notes", of: .note)
        case .amendment:
            .object([
                .required("id", .text(.id)), .required("note_id", .text(.id)), .required("author_id", .text(.id)),
                .required("body", .nullable(.text(longest: NoteInput.longestBody))),
                .required("reason", .nullable(.text(longest: NoteInput.longestReason))),
                .required("created_at", .text(.time)), .required("destroyed_at", .nullable(.time)),
            ])
        case .newAmendment:
            .object([
                .required("body", .text(.text(longest: NoteInput.longestBody))),
                .required("reason", .text(.text(longest: NoteInput.longestReason))),
            ])
        case .noteWithAmendments:
            .object(Self.noteMembers + [.required("amendments", .list(.named(.amendment)))])
        default: .object(Self.noteMembers)
        }
    }

    private static let noteMembers: [JSONSchema.Member] = [
        .required("id", .text(.id)), .required("organisation_id", .text(.id)),
        .required("resident_id", .text(.id)), .required("author_id", .text(.id)),
        .required("body", .nullable(.text(longest: NoteInput.longestBody))),
        .required("tags", .list(.text(.tag), most: Tag.most)), .required("key_id", .text(.any)),
        .required("created_at", .text(.time)), .required("amended", .boolean),
        .required("destroyed_at", .nullable(.time)),
    ]
}
