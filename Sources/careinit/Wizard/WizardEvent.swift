import EnvSchema

/// What happens to the wizard.
enum WizardEvent: Sendable, Equatable {
    case begin
    case reply(Reply)
    /// The `.env` is in place; `canStart`: so is a certificate that the stack can use.
    case written(canStart: Bool)
    /// They could not be written; the answers are not lost.
    case writeFailed
}

/// What the wizard wants done, in this order.
enum WizardAction: Sendable, Equatable {
    case show(Notice)
    case ask(Question)
    case write
    case start
    case end(WizardEnd)
}

enum WizardEnd: Sendable, Equatable {
    case finished
    /// `:quit`, Ctrl-D or the end of the input, before anything was written.
    case quit
    case interrupted
}

/// One question.
enum Question: Sendable, Equatable {
    case profile
    case variable(VariableQuestion)
    /// `isComplete`: nothing is wrong, so that the answers may be written.
    case review(isComplete: Bool, existing: Bool)
    case start
}

struct VariableQuestion: Sendable, Equatable {
    var name: String
    var isSecret: Bool
    /// What Enter means; nil where an answer is needed. Never the value of a secret.
    var proposal: String?
    var offer: Offer

    enum Offer: Sendable, Equatable {
        /// The proposal is a value to edit.
        case value
        /// Enter generates a secret.
        case generate
        /// Enter keeps the secret that is there.
        case keep
        /// Enter leaves it empty.
        case empty
        /// There must be an answer.
        case nothing
    }
}

/// Something to tell the operator. The wording is in `WizardWording.swift`.
enum Notice: Sendable, Equatable {
    case welcome(environmentFile: String, exists: Bool)
    case section(title: String, number: Int, count: Int)
    /// The variable's help text and, where the template has one, an example.
    case help(text: String, example: String?)
    case details(name: String, help: String, expected: String?, example: String?, isRequired: Bool)
    case commands
    case findings([Finding], name: String)
    case skipped(name: String, SkipReason)
    case portTaken(name: String, FreePort)
    case cannotSkip(name: String)
    case cannotGoBack
    case unknownCommand(String)
    case unknownName(String, suggestion: String?)
    case chooseProfile
    case review([ReviewSection], findings: [Finding])
    case answerYesOrNo
    case kept
    case interrupted
    case startLater
    case certificateFirst
}

struct ReviewSection: Sendable, Equatable {
    var title: String
    var lines: [ReviewLine]
}

struct ReviewLine: Sendable, Equatable {
    var name: String
    /// Masked where it is a secret.
    var value: String
    var source: AnswerSource
    /// Whether it differs from the existing file.
    var isChanged: Bool
}
