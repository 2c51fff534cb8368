/// The schemas that have a name in the document, each described once.
enum SchemaName: String, Sendable, CaseIterable {
    case resident = "Resident"
    case newResident = "NewResident"
    case residentChanges = "ResidentChanges"
    case residentPage = "ResidentPage"
    case recordPage = "RecordPage"
    case legalHold = "LegalHold"
    case newLegalHold = "NewLegalHold"
    case appraisal = "Appraisal"
    case newAppraisal = "NewAppraisal"
    case note = "Note"
    case noteWithAmendments = "NoteWithAmendments"
    case newNote = "NewNote"
    case notePage = "NotePage"
    case amendment = "Amendment"
    case newAmendment = "NewAmendment"
    case user = "User"
    case me = "Me"
    case newUser = "NewUser"
    case userChange = "UserChange"
    case userPage = "UserPage"
    case session = "Session"
    case tokens = "Tokens"
    case setup = "Setup"
    case login = "Login"
    case refresh = "Refresh"
    case logout = "Logout"
    case passwordChange = "PasswordChange"
    case auditEvent = "AuditEvent"
    case auditPage = "AuditPage"
    case health = "Health"
    case circuits = "Circuits"
    case problem = "Problem"
    case fieldFault = "FieldFault"

    var reference: String { "#/components/schemas/\(rawValue)" }

    var schema: JSONSchema {
        switch self {
        case .resident, .newResident, .residentChanges, .residentPage, .recordPage, .legalHold, .newLegalHold,
            .appraisal, .newAppraisal:
            residents
        case .note, .noteWithAmendments, .newNote, .notePage, .amendment, .newAmendment: notes
        case .user, .me, .newUser, .userChange, .userPage, .session, .tokens, .setup, .login, .refresh, .logout,
            .passwordChange:
            accounts
        case .auditEvent, .auditPage: audit
        case .health, .circuits, .problem, .fieldFault: service
        }
    }

    func page(_ name: String, of row: SchemaName) -> JSONSchema {
        .object([
            .required(name, .list(.named(row), most: QueryFields.limits.upperBound)),
            .required("next", .nullable(.cursor)),
        ])
    }
}
