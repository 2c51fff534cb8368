#if canImport(Glibc)
    import Glibc
#endif

/// A terminal that can only append, and is sent no escape sequence: the proposal stands in brackets, words to choose from are
/// numbered, and the kernel edits the line.
final class PlainTerminal: WizardTerminal {
    /// The kernel cuts longer lines without a word (N_TTY, termios(3): MAX_CANON is 255 at least, 4095 in Linux).
    private static let longestLine = 4095

    var width: Int { Console.width() }

    func show(_ text: String) { Console.write(text + "\n", to: STDERR_FILENO) }

    func read(_ prompt: Prompt) -> Reply {
        // Here the kernel ends lines, and pastes are not marked: the lines of one would answer the next questions.
        if TypeAhead.drop() { show("What was typed or pasted before this question is dropped.") }
        let form = PlainPrompt(prompt)
        if prompt.isSecret { return SecretReader(marksPastes: false).read(label: form.label) }
        for line in form.choices { show(line) }
        TerminalGuard.hush(false)
        defer { TerminalGuard.hush() }
        while true {
            Console.write(form.label, to: STDERR_FILENO)
            guard let bytes = readLine(form.label) else { return reason }
            if bytes.count < Self.longestLine { return form.reply(to: String(decoding: bytes, as: UTF8.self)) }
            show("That line is longer than a terminal hands over (\(Self.longestLine) bytes): it was not taken.")
        }
    }

    /// Why there is no line.
    private var reason = Reply.endOfInput

    private func readLine(_ label: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        while true {
            switch KeySource.next() {
            case .byte(UInt8(ascii: "\n")): return bytes
            case .byte(let byte): bytes.append(byte)
            // After fg: the kernel has dropped what was typed.
            case .note(.continued): Console.write(label, to: STDERR_FILENO)
            case .note(.resized): continue
            case .note(.interrupted):
                Console.write("\n", to: STDERR_FILENO)
                reason = .interrupted
                return nil
            case .ended:
                Console.write("\n", to: STDERR_FILENO)
                reason = .endOfInput
                return nil
            }
        }
    }
}
