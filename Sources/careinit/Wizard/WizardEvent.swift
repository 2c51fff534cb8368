import EnvSchema

/// What happens to the wizard.
enum WizardEvent: Sendable, Equatable {
    case begin
    case reply(Reply)
    /// What the proofs of the section came to.
    case proved([ProofOutcome])
    /// The `.env` is in place; `canStart`: so is a certificate that the stack can use.
    case written(canStart: Bool)
    /// They could not be written; the answers are not lost.
    case writeFailed
    /// The file is another one than when the wizard began, by somebody else's hand: its bytes; nil: it is gone.
    case changedMeanwhile([UInt8]?)
}

/// What the wizard wants done, in this order.
enum WizardAction: Sendable, Equatable {
    case show(Notice)
    case ask(Question)
    /// Runs the proofs of that section.
    case prove(section: String)
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

/// What came of one proof, as far as the wizard has to decide on it.
struct ProofOutcome: Sendable, Equatable {
    /// Such as `the mail server mail.example.org:587`.
    var title: String
    var isFailure: Bool
    /// Where it failed and why; empty where it did not.
    var reason: String
    /// What would mend it, where that is known.
    var fix = ""
    /// The variables that it stands on, the likeliest cause first.
    var variables: [String]
    /// Answers that do work, where the proof found some.
    var suggestion: [String: String] = [:]
}

/// One question.
enum Question: Sendable, Equatable {
    case profile
    /// Of the retired variable, and what takes its place.
    case retired(name: String)
    case variable(VariableQuestion)
    /// Whether to run the proofs of a section.
    case proof(section: String, titles: [String])
    /// What to do about proofs that failed.
    case failedProof(ProofOutcome)
    /// Which section to go through; `isEnd`: all that must be answered is.
    case sections(isEnd: Bool)
    /// After Ctrl-C.
    case menu(canGoBack: Bool)
    /// `isComplete`: nothing is wrong, so that the answers may be written; `wrong`: the first variable that is.
    case review(isComplete: Bool, existing: Bool, wrong: String? = nil)
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
