import EnvSchema

/// Something to tell the operator. The wording is in `WizardWording.swift`.
enum Notice: Sendable, Equatable {
    case welcome(environmentFile: String, exists: Bool)
    case resumed(answerCount: Int)
    case upgrade(TemplateUpgrade)
    /// Where one stands, and the variable's help text and example.
    case heading(section: String, number: Int, count: Int, help: String, example: String?)
    case details(name: String, help: String, expected: String?, example: String?, isRequired: Bool)
    /// What can be typed in place of an answer: the little that a beginner needs.
    case hint
    /// All of it.
    case commands
    /// What a question that is about no variable wants.
    case explanation(Topic)
    case findings([Finding], name: String)
    case skipped([String], SkipReason)
    case sectionSkipped(String, SkipReason)
    case portTaken(name: String, FreePort)
    case cannotSkip(name: String)
    case cannotGoBack
    case unknownCommand(String)
    case unknownName(String, suggestion: String?)
    case unknownSection(String)
    case sections([SectionSummary])
    case chooseProfile
    case warningRecorded(String)
    case answers([ReviewSection])
    case review(Review)
    /// The file was changed by somebody else since the wizard began.
    case changedMeanwhile
    case answerYesOrNo
    case chooseNumber(Int)
    /// It ended before anything was written; the command that goes on, where there is something to go on with.
    case left(isInterrupted: Bool, goOn: String?)
    case startLater
    case certificateFirst
}

/// A question that is about no variable.
enum Topic: Sendable, Equatable { case profile, sections, review }

/// A section as the list of sections shows it.
struct SectionSummary: Sendable, Equatable {
    var title: String
    /// How many variables mean something as things stand.
    var count: Int
    /// Why none does.
    var skipped: SkipReason?
    /// Variables without a usable answer.
    var open: [String]
}

/// Everything that the operator should see before it is written.
struct Review: Sendable, Equatable {
    var sections: [ReviewSection]
    var findings: [Finding]
    /// Against the existing file; nil where there is none.
    var changes: [ReviewChange]?
    /// Proofs that failed and were accepted.
    var warnings: [String]
}

/// One line of the existing file that will be another; secrets are masked.
struct ReviewChange: Sendable, Equatable {
    var name: String
    var before: String?
    var after: String?
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
