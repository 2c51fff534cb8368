#if canImport(Glibc)
    import Glibc
#endif

/// Reads a line from the terminal without showing it: libedit would echo it or keep it.
final class SecretReader {
    private let descriptor: Int32
    private let isOwned: Bool

    init() {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        isOwned = terminal >= 0
        descriptor = terminal >= 0 ? terminal : STDIN_FILENO
    }

    deinit { if isOwned { close(descriptor) } }

    /// Waits for Enter. The terminal is as before afterwards.
    func read() -> Reply {
        var before = termios()
        guard tcgetattr(descriptor, &before) == 0 else { return .endOfInput }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON)
        silent.c_lflag |= tcflag_t(ISIG)
        silent.c_iflag |= tcflag_t(ICRNL)
        // What was typed before the question was not meant for it.
        tcsetattr(descriptor, TCSAFLUSH, &silent)
        Console.write("\u{1B}[?2004h", to: STDERR_FILENO)
        defer {
            Console.write("\u{1B}[?2004l\r\n", to: STDERR_FILENO)
            tcsetattr(descriptor, TCSAFLUSH, &before)
        }
        return readKeys()
    }

    private func readKeys() -> Reply {
        var line = SecretLine()
        while true {
            var byte: UInt8 = 0
            let count = Glibc.read(descriptor, &byte, 1)
            if count < 0, errno == EINTR {
                if TerminalGuard.takeInterrupt() { return .interrupted }
                continue
            }
            if count <= 0 { return .endOfInput }
            if let reply = line.take(byte) { return reply }
        }
    }
}

/// The line that is being typed unseen, key by key.
struct SecretLine {
    private var bytes: [UInt8] = []
    private var escape: [UInt8] = []
    private var isPasting = false

    /// Takes one byte; returns the reply once the line is complete.
    mutating func take(_ byte: UInt8) -> Reply? {
        if !escape.isEmpty {
            takeEscape(byte)
            return nil
        }
        switch byte {
        case 0x1B: escape = [byte]
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            if isPasting { return nil }
            return bytes.isEmpty ? .accepted : .line(String(decoding: bytes, as: UTF8.self))
        case 0x04: return bytes.isEmpty ? .endOfInput : nil
        case 0x7F, 0x08: removeCharacter()
        case 0x15: bytes = []
        case 0..<0x20: break
        default: bytes.append(byte)
        }
        return nil
    }

    /// Arrow keys and the like are dropped; the marks around a paste are obeyed.
    private mutating func takeEscape(_ byte: UInt8) {
        escape.append(byte)
        let isComplete =
            escape.count == 2
            ? byte != UInt8(ascii: "[") && byte != UInt8(ascii: "O")
            : (0x40...0x7E).contains(byte)
        guard isComplete else { return }
        if escape == Array("\u{1B}[200~".utf8) { isPasting = true }
        if escape == Array("\u{1B}[201~".utf8) { isPasting = false }
        escape = []
    }

    private mutating func removeCharacter() {
        while let last = bytes.popLast(), last & 0b1100_0000 == 0b1000_0000 {}
    }
}
