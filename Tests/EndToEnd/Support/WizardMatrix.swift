import Testing

/// Every kind of question that the wizard asks, and what can happen at it.
enum WizardMatrix {
    enum Kind: String, CaseIterable, Sendable {
        case profile, text, enumeration, number, path, secret, proofOffer, failedProof, sections, menu, resume,
            retired,
            review, start
    }

    enum Event: String, CaseIterable, Sendable {
        case accept, interrupt, endOfInput, hangUp, terminate, kill, resize, paste, narrow, localeC,
            unknownTerminal,
            noTerminal
    }

    struct Cell: Sendable, CustomTestStringConvertible {
        var kind: Kind
        var event: Event
        var testDescription: String { "\(kind.rawValue) × \(event.rawValue)" }
    }

    /// Why a cell is not tried here.
    static func reasonToLeaveOut(_ kind: Kind, _ event: Event) -> String? {
        switch (kind, event) {
        case (.start, .accept), (.start, .narrow), (.start, .localeC), (.start, .unknownTerminal):
            "a yes starts fifteen programs: the tests of the stack do that; a no is how every other run here ends"
        default: nil
        }
    }

    static let cells: [Cell] = Kind.allCases.flatMap { kind in
        Event.allCases.filter { reasonToLeaveOut(kind, $0) == nil }.map { Cell(kind: kind, event: $0) }
    }
}

extension WizardMatrix.Kind {
    /// Whether there is a `.env` before: without one, the profile is asked for.
    var hasEnvironment: Bool { self != .profile }

    var arguments: [String] {
        let section: String? =
            switch self {
            case .enumeration, .path: "web"
            case .number, .secret: "redis"
            case .proofOffer: "authentication"
            case .failedProof: "mail"
            default: nil
            }
        let profile = self == .profile ? [] : ["--profile", "local"]
        return profile + (section.map { ["--section", $0] } ?? [])
    }

    /// How the line of the question begins.
    var question: String {
        switch self {
        case .profile: "1 or 2"
        case .text: "APP_NAME"
        case .enumeration: "TLS_MODE"
        case .number: "REDIS_DB"
        case .path: "TLS_CERT_PATH"
        case .secret: "REDIS_PASSWORD"
        case .proofOffer: "Try it?"
        case .failedProof: "1, 2 or 3"
        case .sections: "Section"
        case .menu: "1 to 4"
        case .resume: "Go on there?"
        case .retired: "Take NODE_ENV out?"
        case .review: "Write the changes?"
        case .start: "Start the stack now?"
        }
    }

    /// Answers on the way there; Enter to every other question.
    var answers: [String: String] {
        switch self {
        case .review, .start: ["APP_NAME": "Rosewood"]
        case .failedProof:
            [
                "SMTP_HOST": "127.0.0.1", "SMTP_PORT": "9", "SMTP_FROM": "notes@care.co.uk",
                "ALERT_EMAIL_CRITICAL": "oncall@care.co.uk",
            ]
        default: [:]
        }
    }

    /// Whether a run that is killed there leaves something to go on with: nothing is kept before the first question for a
    /// variable, nor once everything is written.
    var leavesJournal: Bool { ![.profile, .retired, .start].contains(self) }
}
