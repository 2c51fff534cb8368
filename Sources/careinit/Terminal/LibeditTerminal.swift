#if canImport(Glibc)
    import Glibc
#endif

/// A terminal with line editing: the proposal stands in the line and can be changed there.
final class LibeditTerminal: WizardTerminal {
    private let editor: LineEditor
    private let usesColour: Bool

    /// Nil where the terminal cannot do it (TERM=dumb or unknown, no terminal at all).
    init?(usesColour: Bool) {
        guard let editor = LineEditor() else { return nil }
        self.editor = editor
        self.usesColour = usesColour
    }

    var width: Int { Console.width() }

    func show(_ text: String) { Console.write(text + "\n", to: STDERR_FILENO) }

    func read(_ prompt: Prompt) -> Reply {
        if prompt.dropsTypeAhead { TypeAhead.drop() }
        if prompt.isSecret { return SecretReader(marksPastes: true).read(label: prompt.label + ": ") }
        let label = usesColour ? "\u{1}\u{1B}[1m\u{1}\(prompt.label):\u{1}\u{1B}[0m\u{1} " : prompt.label + ": "
        let proposal = Self.withoutControls(prompt.proposal ?? "")
        let edited = editor.edit(
            label: label, width: (prompt.label + ": ").screenWidth, text: proposal, completion: prompt.completion)
        switch edited {
        case .success(let line): return line == proposal ? .accepted : .line(line)
        case .failure(.interrupted): return .interrupted
        case .failure(.endOfInput): return .endOfInput
        }
    }

    /// The proposal is replayed as keystrokes: a control byte in it would be a command.
    private static func withoutControls(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }
}
