import CEdit

#if canImport(Glibc)
    import Glibc
#endif

/// The bytes that come from the terminal, with what the signals say in between.
enum KeySource {
    enum Event: Equatable {
        case byte(UInt8)
        case note(TerminalGuard.Note)
        /// The end of the input, or the terminal is gone.
        case ended
    }

    /// Waits for the next one. A signal that came before is not lost.
    static func next() -> Event {
        var mask = TerminalGuard.holdNotes()
        defer { sigprocmask(SIG_SETMASK, &mask, nil) }
        while true {
            if let note = TerminalGuard.takeNote() { return .note(note) }
            guard cedit_wait_for_input(STDIN_FILENO, &mask) > 0 else {
                if errno == EINTR { continue }
                return .ended
            }
            var byte: UInt8 = 0
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count == 1 { return .byte(byte) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            return .ended
        }
    }
}

/// What was typed before it could be meant.
enum TypeAhead {
    /// Drops what came in and was not read yet.
    ///
    /// - Returns: Whether there was something.
    @discardableResult
    static func drop() -> Bool {
        var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, 0) > 0, request.revents & Int16(POLLIN) != 0 else { return false }
        return tcflush(STDIN_FILENO, TCIFLUSH) == 0
    }
}
