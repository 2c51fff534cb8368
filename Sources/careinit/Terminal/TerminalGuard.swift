#if canImport(Glibc)
    import Glibc
#endif

/// Brings the terminal back to what it was, whatever ends careinit: the signals that end it, traps of its own included.
///
/// The handlers read two plain globals that are written once, before they are installed.
enum TerminalGuard {
    private static let ends = [SIGTERM, SIGHUP, SIGQUIT]
    private static let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS]

    /// Notes how the terminal is now and watches over it. Ctrl-C only ends what is being read; the caller ends careinit.
    static func install() {
        guard tcgetattr(STDIN_FILENO, &savedAttributes) == 0 else { return }
        hasSavedAttributes = true
        for number in ends { handle(number, endedBySignal) }
        for number in crashes { handle(number, crashed) }
        handle(SIGINT, noteInterrupt)
    }

    /// Puts the terminal back and leaves the signals to what comes next.
    static func uninstall() {
        restoreTerminal()
        for number in ends + crashes + [SIGINT] { signal(number, SIG_DFL) }
    }

    /// Whether Ctrl-C was pressed and nobody has taken note of it.
    static var isInterrupted: Bool { interruptCount > 0 }

    /// Whether Ctrl-C was pressed since the last call.
    static func takeInterrupt() -> Bool {
        defer { interruptCount = 0 }
        return interruptCount > 0
    }

    /// Without SA_RESTART: a read that waits for a key must end.
    private static func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        sigemptyset(&action.sa_mask)
        sigaction(number, &action, nil)
    }
}

// Signal handlers may only touch what needs no lock and no initialiser.
nonisolated(unsafe) private var savedAttributes = termios()
nonisolated(unsafe) private var hasSavedAttributes = false
nonisolated(unsafe) private var interruptCount: sig_atomic_t = 0

private func restoreTerminal() {
    guard hasSavedAttributes else { return }
    tcsetattr(STDIN_FILENO, TCSANOW, &savedAttributes)
    // Bracketed paste off.
    let bytes: StaticString = "\u{1B}[?2004l"
    _ = write(STDERR_FILENO, bytes.utf8Start, bytes.utf8CodeUnitCount)
}

private func noteInterrupt(_ number: Int32) { interruptCount += 1 }

private func endedBySignal(_ number: Int32) {
    restoreTerminal()
    _exit(128 + number)
}

private func crashed(_ number: Int32) {
    restoreTerminal()
    signal(number, SIG_DFL)
    raise(number)
}
