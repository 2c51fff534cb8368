/// One entry of careinit's audit log: who changed what, and when. Never holds the value of a variable or of a secret.
struct AuditEntry: Codable, Sendable, Equatable {
    /// RFC 3339, UTC.
    var time: String
    /// Who sat there: behind sudo, who called it.
    var user: String
    /// As whom careinit ran.
    var effectiveUser: String
    /// Which command it was, such as `certs install`; no options, no arguments.
    var command: String
    var action: AuditAction
    /// The file that it is about, such as the `.env`.
    var file: String?
    /// The generation that was put in force.
    var generation: Int?
    /// What else there is to say, for people.
    var note: String?
    var changes: [Change]

    struct Change: Codable, Sendable, Equatable {
        /// Of a variable, or of what a secret belongs to.
        var name: String
        /// A fingerprint; nil where it had no value.
        var before: String?
        /// A fingerprint; nil where it has none any more.
        var after: String?
    }
}

/// What was done. Names are for good: programs read them.
enum AuditAction: String, Codable, Sendable, CaseIterable {
    case settingsChanged = "settings-changed"
    case settingsRestored = "settings-restored"
    case certificateMade = "certificate-made"
    case certificateInstalled = "certificate-installed"
    case generationActivated = "generation-activated"
    case serviceInstalled = "service-installed"
    case serviceRemoved = "service-removed"
    /// The stack's own secrets, which no `.env` holds.
    case secretMade = "secret-made"
    /// A new value is good beside the old one.
    case secretStaged = "secret-staged"
    /// The stack uses the new value.
    case secretPublished = "secret-published"
    /// The old value is good no more.
    case secretRetired = "secret-retired"
    /// The old value is back, and the new one good no more.
    case secretRolledBack = "secret-rolled-back"

    /// For the table of `audit show`.
    var text: String {
        switch self {
        case .settingsChanged: "settings changed"
        case .settingsRestored: "settings restored"
        case .certificateMade: "certificate made"
        case .certificateInstalled: "certificate installed"
        case .generationActivated: "generation in force"
        case .serviceInstalled: "service installed"
        case .serviceRemoved: "service removed"
        case .secretMade: "secret made"
        case .secretStaged: "secret staged"
        case .secretPublished: "secret published"
        case .secretRetired: "secret retired"
        case .secretRolledBack: "secret rolled back"
        }
    }
}
