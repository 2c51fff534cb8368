/// The terminal as the wizard sees it: it shows lines and reads one answer at a time.
protocol WizardTerminal: AnyObject {
    /// Columns.
    var width: Int { get }
    /// Shows whole lines.
    func show(_ text: String)
    /// Waits for one answer.
    func read(_ prompt: Prompt) -> Reply
}

/// What stands before the cursor, and what may be edited there.
struct Prompt: Sendable, Equatable {
    var label: String
    /// What the answer will be if Enter is pressed at once; nil where there is no such answer.
    var proposal: String? = nil
    /// Neither shown as it is typed nor kept anywhere.
    var isSecret = false
    /// What Tab knows of the answer; a terminal that can only append offers its words by number.
    var completion = ValueCompletion.nothing
    /// Whether only what is typed once the question stands may answer it, since much hangs on it.
    var dropsTypeAhead = false
}

/// What came from the terminal.
enum Reply: Sendable, Equatable {
    /// A line other than the proposal; it may be empty.
    case line(String)
    /// Enter, with the proposal as it was.
    case accepted
    /// Ctrl-D or the end of the input.
    case endOfInput
    /// Ctrl-C.
    case interrupted
}
