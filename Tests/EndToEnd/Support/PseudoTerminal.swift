import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// A terminal that a test sits at: it waits for text, and types.
final class PseudoTerminal {
    private var primary: Int32
    /// Held open, so that the terminal lives on and its settings can be read after the program has ended.
    private let secondary: Int32
    private let path: String
    /// Everything the program has written.
    private(set) var transcript: [UInt8] = []
    /// Where the next `expect` begins to look.
    private var cursor = 0
    /// How the terminal was before any program ran on it.
    let original: Settings

    init(columns: UInt16 = 100) throws {
        var name = [CChar](repeating: 0, count: 128)
        primary = csystem_open_terminal(&name, name.count)
        guard primary >= 0 else { throw HarnessError("posix_openpt", errno) }
        path = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        secondary = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard secondary >= 0 else { throw HarnessError("open \(path)", errno) }
        original = Settings(secondary)
        resize(columns: columns)
    }

    /// The window gets another width: the kernel tells the program in front.
    func resize(columns: UInt16) {
        var size = winsize(ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = csystem_ioctl(primary, UInt(TIOCSWINSZ), &size)
    }

    /// The terminal goes away, as where a connection breaks.
    func hangUp() {
        close(primary)
        primary = -1
    }

    deinit {
        close(secondary)
        if primary >= 0 { close(primary) }
    }

    /// How the terminal is now.
    var settings: Settings { Settings(secondary) }

    /// The part of a terminal's settings that a program could leave behind changed.
    struct Settings: Equatable {
        var flags: [tcflag_t] = []
        var characters: [cc_t] = []
        /// Whether the kernel hands over whole lines, which it lets be edited and echoes.
        var editsLines: Bool { flags.last.map { $0 & tcflag_t(ICANON) != 0 } ?? true }

        init(_ descriptor: Int32) {
            var attributes = termios()
            guard tcgetattr(descriptor, &attributes) == 0 else { return }
            flags = [attributes.c_iflag, attributes.c_oflag, attributes.c_cflag, attributes.c_lflag]
            characters = withUnsafeBytes(of: attributes.c_cc) { Array($0) }
        }
    }

    func start(_ arguments: [String], folder: String, environment: [String: String] = [:]) throws -> RunningProcess
    {
        try RunningProcess(
            arguments,
            .init(
                folder: folder, environment: ["TERM": "xterm"].merging(environment) { $1 },
                streams: .terminal(path: path)))
    }

    /// Types.
    func send(_ text: String) {
        for byte in text.utf8 {
            var byte = byte
            _ = write(primary, &byte, 1)
        }
    }

    /// Types at once, as a terminal does what is pasted.
    func sendAtOnce(_ text: String) { _ = text.withCString { write(primary, $0, strlen($0)) } }

    /// Waits until one of the texts was written, after the last one that was waited for.
    ///
    /// - Returns: What was written before it, and which one it was.
    @discardableResult
    func expect(_ texts: String..., within limit: Duration = .seconds(30)) throws -> (before: String, text: String)
    {
        let deadline = ContinuousClock.now + limit
        while true {
            if let (place, text) = first(of: texts) {
                let before = String(decoding: transcript[cursor..<place.lowerBound], as: UTF8.self)
                cursor = place.upperBound
                return (before, text)
            }
            guard ContinuousClock.now < deadline else {
                throw HarnessError(
                    "\(texts) not seen within \(limit), but: \(screen(from: cursor).debugDescription)")
            }
            receive(milliseconds: 50)
        }
    }

    /// Waits until the line at the end of the screen, begun after what was waited for last, is one that is looked for.
    func expectLastLine<Match>(
        within limit: Duration = .seconds(30), _ match: (String) -> Match?
    ) throws -> Match {
        let deadline = ContinuousClock.now + limit
        while true {
            let start = (transcript.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
            if start >= cursor, let found = match(screen(from: start)) {
                cursor = transcript.count
                return found
            }
            guard ContinuousClock.now < deadline else {
                throw HarnessError("nothing came within \(limit), but: \(screen(from: cursor).debugDescription)")
            }
            receive(milliseconds: 50)
        }
    }

    /// Everything that was written, once the program has ended.
    func screen() -> String {
        while receive(milliseconds: 0) {}
        return screen(from: 0)
    }

    private func screen(from start: Int) -> String { String(decoding: transcript[start...], as: UTF8.self) }

    private func first(of texts: [String]) -> (Range<Int>, String)? {
        texts.compactMap { text in
            transcript[cursor...].firstRange(of: Array(text.utf8)).map { ($0, text) }
        }.min { $0.0.lowerBound < $1.0.lowerBound }
    }

    @discardableResult
    private func receive(milliseconds: Int32) -> Bool {
        var request = pollfd(fd: primary, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, milliseconds) > 0 else { return false }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(primary, &chunk, chunk.count)
        guard count > 0 else { return false }
        transcript += chunk[..<count]
        return true
    }
}
