#if canImport(Glibc)
    import Glibc
#endif

/// Brings the terminal back to what it was, whatever ends or stops careinit: the signals that end it, traps of its own and
/// Ctrl-Z included. Ctrl-C, a change of the window's size and `fg` are noted, for whoever reads keys.
///
/// The handlers touch plain globals only, which are written before they are installed.
enum TerminalGuard {
    private static let ends = [SIGTERM, SIGHUP, SIGQUIT]
    private static let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE]
    /// What is noted, and held back except while a key is waited for.
    private static let notes = [SIGINT, SIGWINCH, SIGCONT]

    /// Notes how the terminal is now and watches over it. Ctrl-C only ends what is being read; the caller ends careinit.
    static func install() {
        guard tcgetattr(STDIN_FILENO, &savedAttributes) == 0 else { return }
        hasSavedAttributes = true
        giveHandlersRoom()
        // What the parent ignores (nohup, a shell without job control) stays ignored.
        for number in ends where !isIgnored(number) { handle(number, endedBySignal) }
        for number in crashes { handle(number, crashed) }
        if !isIgnored(SIGTSTP) { handle(SIGTSTP, stopped) }
        handle(SIGINT, noteInterrupt)
        handle(SIGWINCH, noteResize)
        handle(SIGCONT, noteContinuation)
        hush()
    }

    /// Puts the terminal back and leaves the signals to what comes next.
    static func uninstall() {
        restoreTerminal()
        pastesAreMarked = false
        hasSavedAttributes = false
        for number in ends + crashes + notes + [SIGTSTP] where !isIgnored(number) { signal(number, SIG_DFL) }
    }

    /// Something that a reader of keys must know.
    enum Note { case interrupted, continued, resized }

    /// What was noted and nobody has taken; nil: nothing.
    static func takeNote() -> Note? {
        if take(&interruptCount) { return .interrupted }
        if take(&continuationCount) { return .continued }
        return take(&resizeCount) ? .resized : nil
    }

    /// Whether Ctrl-C was pressed, for work that goes on without reading keys. It is taken note of with that.
    static func takeInterrupt() -> Bool { take(&interruptCount) }

    private static func take(_ count: inout sig_atomic_t) -> Bool {
        defer { count = 0 }
        return count > 0
    }

    /// Holds back what would be noted, so that none of it comes between a look at the notes and the wait for a key.
    ///
    /// - Returns: The signal mask as it was.
    static func holdNotes() -> sigset_t {
        var set = sigset_t()
        var before = sigset_t()
        sigemptyset(&set)
        for number in notes { sigaddset(&set, number) }
        sigprocmask(SIG_BLOCK, &set, &before)
        return before
    }

    /// Has the terminal mark what is pasted (bracketed paste, ESC [200~ to ESC [201~) from now on, until it is given back: a
    /// paste that comes between two questions is to stay one piece, too.
    static func markPastes() {
        pastesAreMarked = true
        Console.write("\u{1B}[?2004h", to: STDERR_FILENO)
    }

    /// Leaves what is typed between two questions unseen: it may be the beginning of a secret.
    static func hush(_ isOn: Bool = true) {
        guard hasSavedAttributes else { return }
        var attributes = savedAttributes
        if isOn { attributes.c_lflag &= ~tcflag_t(ECHO) }
        tcsetattr(STDIN_FILENO, TCSANOW, &attributes)
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1  // SIG_IGN
    }

    /// A stack of their own: one that has overflowed has no room for the handler of SIGSEGV (sigaltstack(2)).
    private static func giveHandlersRoom() {
        let size = 64 << 10
        guard !hasHandlerStack, let room = malloc(size) else { return }
        var stack = stack_t(ss_sp: room, ss_flags: 0, ss_size: size)
        hasHandlerStack = sigaltstack(&stack, nil) == 0
    }
}

// Signal handlers may only touch what needs no lock and no initialiser.
nonisolated(unsafe) private var savedAttributes = termios()
nonisolated(unsafe) private var hasSavedAttributes = false
nonisolated(unsafe) private var hasHandlerStack = false
nonisolated(unsafe) private var pastesAreMarked = false
nonisolated(unsafe) private var interruptCount: sig_atomic_t = 0
nonisolated(unsafe) private var continuationCount: sig_atomic_t = 0
nonisolated(unsafe) private var resizeCount: sig_atomic_t = 0

private func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = SA_ONSTACK | SA_RESTART
    sigemptyset(&action.sa_mask)
    sigaction(number, &action, nil)
}

private func restoreTerminal() {
    guard hasSavedAttributes else { return }
    tcsetattr(STDIN_FILENO, TCSANOW, &savedAttributes)
    guard pastesAreMarked else { return }
    let bytes: StaticString = "\u{1B}[?2004l"
    _ = write(STDERR_FILENO, bytes.utf8Start, bytes.utf8CodeUnitCount)
}

private func noteInterrupt(_ number: Int32) { interruptCount = 1 }
private func noteResize(_ number: Int32) { resizeCount = 1 }
private func noteContinuation(_ number: Int32) { continuationCount = 1 }

/// Ctrl-Z: the shell gets its terminal as it was. Who reads keys takes it again once careinit continues.
private func stopped(_ number: Int32) {
    let before = errno
    restoreTerminal()
    signal(number, SIG_DFL)
    raise(number)
    var own = sigset_t()
    sigemptyset(&own)
    sigaddset(&own, number)
    // Stops here.
    sigprocmask(SIG_UNBLOCK, &own, nil)
    sigprocmask(SIG_BLOCK, &own, nil)
    handle(number, stopped)
    continuationCount = 1
    errno = before
}

private func endedBySignal(_ number: Int32) {
    restoreTerminal()
    // The shell's own prompt is to begin a line.
    let lineEnd: StaticString = "\r\n"
    _ = write(STDERR_FILENO, lineEnd.utf8Start, lineEnd.utf8CodeUnitCount)
    _exit(128 + number)
}

private func crashed(_ number: Int32) {
    restoreTerminal()
    signal(number, SIG_DFL)
    raise(number)
}
