#if canImport(Glibc)
    import Glibc
#endif

/// Reads a line from the terminal without showing it: libedit would echo it or keep it.
struct SecretReader {
    /// Whether the terminal is asked to mark what is pasted. Where it is not, what comes with the first line end ends the line,
    /// and the rest is dropped.
    var marksPastes: Bool

    /// Waits for Enter. The terminal is as before afterwards.
    func read(label: String) -> Reply {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return .endOfInput }
        // What was typed before the question was not meant for it.
        begin(label, from: before, TCSAFLUSH)
        defer {
            Console.write("\n", to: STDERR_FILENO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
        }
        var line = SecretLine()
        while true {
            switch KeySource.next() {
            case .byte(let byte): if let reply = line.take(byte) { return reply }
            // After fg: what was typed is still there, unseen as it was.
            case .note(.continued): begin("\r" + label, from: before, TCSADRAIN)
            case .note(.resized): continue
            case .note(.interrupted): return .interrupted
            case .ended: return .endOfInput
            }
        }
    }

    private func begin(_ label: String, from attributes: termios, _ when: Int32) {
        var silent = attributes
        silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON)
        // Without NOFLSH, the kernel sends SIGINT first and drops what waits to be shown after that: what careinit says to the
        // interrupt could be lost.
        silent.c_lflag |= tcflag_t(ISIG | NOFLSH)
        silent.c_iflag |= tcflag_t(ICRNL)
        tcsetattr(STDIN_FILENO, when, &silent)
        Console.write(label, to: STDERR_FILENO)
        if marksPastes { TerminalGuard.markPastes() }
    }
}
