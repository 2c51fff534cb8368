import CEdit

#if canImport(Glibc)
    import Glibc
#endif

/// A terminal with line editing: the proposal stands in the line and can be changed there.
///
/// libedit keeps state of its own per process: one terminal at a time, on one thread.
final class LibeditTerminal: WizardTerminal {
    private let editor: OpaquePointer
    private let errors: UnsafeMutablePointer<FILE>?
    private let usesColour: Bool

    /// Nil where the terminal cannot do it (TERM=dumb or unknown, no terminal at all).
    init?(usesColour: Bool) {
        Self.chooseLocale()
        errors = fopen("/dev/null", "w")
        guard !["", "dumb"].contains(Console.variable("TERM") ?? ""), let editor = cedit_start("careinit", errors)
        else {
            if let errors { fclose(errors) }
            return nil
        }
        guard cedit_knows_terminal(editor) != 0 else {
            el_end(editor)
            if let errors { fclose(errors) }
            return nil
        }
        self.editor = editor
        self.usesColour = usesColour
        cedit_configure(editor)
    }

    deinit {
        el_end(editor)
        if let errors { fclose(errors) }
    }

    var width: Int { Console.width() }

    func show(_ text: String) { Console.write(text + "\n", to: STDERR_FILENO) }

    func read(_ prompt: Prompt) -> Reply {
        if prompt.isSecret {
            Console.write(prompt.label + ": ", to: STDERR_FILENO)
            return SecretReader().read()
        }
        let label = usesColour ? "\u{1}\u{1B}[1m\u{1}\(prompt.label):\u{1}\u{1B}[0m\u{1} " : prompt.label + ": "
        let proposal = prompt.proposal.map(Self.withoutControls)
        guard let line = edit(label, prefill: proposal) else {
            if TerminalGuard.takeInterrupt() { return .interrupted }
            return .endOfInput
        }
        return line == (proposal ?? "") ? .accepted : .line(line)
    }

    /// One line, without its line feed; nil at Ctrl-C and Ctrl-D.
    private func edit(_ label: String, prefill: String?) -> String? {
        let text = strdup(label)
        defer { free(text) }
        cedit_set_prompt(editor, text)
        if let prefill, !prefill.isEmpty { el_push(editor, prefill) }
        Console.write("\u{1B}[?2004h", to: STDERR_FILENO)
        defer { Console.write("\u{1B}[?2004l", to: STDERR_FILENO) }
        var count: Int32 = 0
        var line = el_gets(editor, &count)
        // Stopped and continued (Ctrl-Z, fg): the question stands as before.
        while line == nil, count < 0, errno == EINTR, !TerminalGuard.isInterrupted {
            if let prefill, !prefill.isEmpty { el_push(editor, prefill) }
            line = el_gets(editor, &count)
        }
        guard let line, count > 0 else {
            Console.write("\n", to: STDERR_FILENO)
            return nil
        }
        let result = String(cString: line)
        return result.hasSuffix("\n") ? String(result.dropLast()) : result
    }

    /// el_push replays keystrokes: a control byte in a value would be a command.
    private static func withoutControls(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }

    /// libedit drops every character that the locale cannot read, so it must be a UTF-8 one before libedit starts.
    private static func chooseLocale() {
        setlocale(LC_CTYPE, "")
        let codeset = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) }
        if codeset != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    }
}
