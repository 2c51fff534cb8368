/// A prompt for a terminal that can only append.
struct PlainPrompt {
    /// What stands before the cursor.
    let label: String
    /// The words to choose from, a line for each.
    let choices: [String]
    private let words: [String]
    private let proposal: String?

    init(_ prompt: Prompt) {
        words = if case .words(let words) = prompt.completion, !prompt.isSecret { words } else { [] }
        choices = words.enumerated().map { "  \($0.offset + 1)) \($0.element)" }
        proposal = prompt.isSecret ? nil : prompt.proposal
        let offer = proposal.map { $0.isEmpty ? "" : " [\($0)]" } ?? ""
        label = prompt.label + (words.isEmpty ? "" : " (a number or a word)") + offer + ": "
    }

    /// What a line means: the number of a word stands for that word, unless it is a word itself.
    func reply(to line: String) -> Reply {
        if line.isEmpty { return .accepted }
        guard !words.contains(line), let number = Int(line.trimmed), words.indices.contains(number - 1) else {
            return line == proposal ? .accepted : .line(line)
        }
        return words[number - 1] == proposal ? .accepted : .line(words[number - 1])
    }
}
