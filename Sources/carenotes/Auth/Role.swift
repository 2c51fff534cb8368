/// What a user of an organisation may do there.
package enum Role: String, Sendable, CaseIterable {
    case admin
    case manager
    case carer
    case readOnly = "read-only"

    package enum Permission: Sendable, CaseIterable {
        /// Residents and notes.
        case readRecords
        /// Notes, and amendments to notes of one's own.
        case writeNotes
        /// Take residents in, change what is known of them, and amend anybody's note.
        case manageResidents
        /// Legal holds, and decisions on records that are past their retention.
        case decideOnRecords
        /// Users and their roles.
        case manageUsers
        /// What was done, by whom, when.
        case readAudit
    }

    package func allows(_ permission: Permission) -> Bool {
        switch permission {
        case .readRecords: true
        case .writeNotes: self != .readOnly
        case .manageResidents, .decideOnRecords: self == .admin || self == .manager
        case .manageUsers, .readAudit: self == .admin
        }
    }
}
