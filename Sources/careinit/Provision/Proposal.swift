/// The value that a variable gets when nobody says otherwise, and where it comes from.
struct Proposal: Sendable, Equatable {
    var value: String
    var source: AnswerSource
}

/// Where a value comes from; an earlier case wins over a later one.
enum AnswerSource: String, Sendable, Equatable, CaseIterable {
    /// Typed in this run of the wizard.
    case typed
    /// `--set`.
    case set
    case answers
    /// The `.env` that is there already.
    case existing
    case generated
    /// A free port in place of one that is held.
    case freePort = "free-port"
    case profile
    case template
}
