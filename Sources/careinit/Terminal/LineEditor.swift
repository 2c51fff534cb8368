import CEdit

#if canImport(Glibc)
    import Glibc
#endif

/// libedit on this process's terminal. It keeps state of its own per process: one editor at a time, on one thread.
final class LineEditor {
    let editor: OpaquePointer
    /// Buffered, since libedit writes character by character; it flushes before it waits for a key.
    private let output: UnsafeMutablePointer<FILE>
    private let errors: UnsafeMutablePointer<FILE>?

    /// The prompt as libedit wants it, while a line is read.
    private(set) var prompt: UnsafeMutablePointer<CChar>?
    private(set) var promptWidth = 0
    private(set) var completion = ValueCompletion.nothing
    /// The line as it was when Tab found nothing to complete: a second Tab lists.
    var lineAtTab: [String]?

    /// Nil where the terminal cannot do it (TERM=dumb or unknown, no terminal at all).
    init?() {
        Self.chooseLocale()
        guard !["", "dumb"].contains(Console.variable("TERM") ?? ""), let output = Self.openOutput() else {
            return nil
        }
        let errors = fopen("/dev/null", "we")
        guard let editor = cedit_start("careinit", output, errors) else {
            Self.close(output, errors)
            return nil
        }
        guard cedit_knows_terminal(editor) != 0 else {
            el_end(editor)
            Self.close(output, errors)
            return nil
        }
        self.editor = editor
        self.output = output
        self.errors = errors
        cedit_set_context(editor, Unmanaged.passUnretained(self).toOpaque())
        EditorCallbacks.install(on: editor)
    }

    deinit {
        el_end(editor)
        Self.close(output, errors)
    }

    /// Lets one line be edited, which begins as `text`.
    ///
    /// - Parameters:
    ///   - label: The prompt; what stands between two U+0001 takes no room.
    ///   - width: The columns that the prompt takes.
    ///   - text: What stands in the line at first.
    ///   - completion: What Tab knows.
    /// - Returns: The line without its line feed.
    func edit(label: String, width: Int, text: String, completion: ValueCompletion) -> Result<String, Ending> {
        prompt = strdup(label)
        promptWidth = width
        self.completion = completion
        lineAtTab = nil
        ending = .endOfInput
        defer {
            free(prompt)
            prompt = nil
        }
        if !text.isEmpty { el_push(editor, text) }
        el_resize(editor)
        TerminalGuard.markPastes()
        defer { TerminalGuard.hush() }
        var count: Int32 = 0
        guard let line = el_gets(editor, &count), count > 0 else {
            Console.write("\n", to: STDERR_FILENO)
            return .failure(ending)
        }
        let result = String(cString: line)
        return .success(result.hasSuffix("\n") ? String(result.dropLast()) : result)
    }

    /// Why there is no line: Ctrl-D or the terminal's end, or Ctrl-C.
    enum Ending: Error { case endOfInput, interrupted }
    var ending = Ending.endOfInput

    /// What stands before the cursor, and behind it.
    var line: (before: String, after: String) {
        guard let info = el_line(editor)?.pointee, let start = info.buffer, let cursor = info.cursor,
            let end = info.lastchar
        else { return ("", "") }
        return (Self.text(from: start, to: cursor), Self.text(from: cursor, to: end))
    }

    /// Writes below the line, and draws the line anew below that.
    func say(_ lines: [String]) {
        let (before, after) = line
        let width = Console.width()
        let whole = promptWidth + before.screenWidth + after.screenWidth
        let rowsBelow = whole / width - (promptWidth + before.screenWidth) / width
        let lead = String(repeating: "\n", count: rowsBelow + 1)
        write("\r\(lead)" + lines.map { "\u{1B}[K\($0)\n" }.joined())
        cedit_redraw(editor)
    }

    /// After `fg`: in the shell's hands the terminal lost its state, and the line is no longer the last one.
    func resume() {
        cedit_prepare_again(editor)
        TerminalGuard.markPastes()
        el_resize(editor)
        write("\r\u{1B}[J")
        cedit_redraw(editor)
    }

    /// Most terminals have broken the line anew at their new width, with the cursor where it was in the text.
    func resize() {
        el_resize(editor)
        let rowsAbove = (promptWidth + line.before.screenWidth) / Console.width()
        write("\r" + (rowsAbove > 0 ? "\u{1B}[\(rowsAbove)A" : "") + "\u{1B}[J")
        cedit_redraw(editor)
    }

    private func write(_ text: String) {
        fflush(output)
        Console.write(text, to: STDERR_FILENO)
    }

    private static func text(from start: UnsafePointer<CChar>, to end: UnsafePointer<CChar>) -> String {
        UnsafeRawBufferPointer(start: start, count: end - start).withMemoryRebound(to: UInt8.self) {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private static func openOutput() -> UnsafeMutablePointer<FILE>? {
        let copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { return nil }
        guard let file = fdopen(copy, "w") else {
            Glibc.close(copy)
            return nil
        }
        setvbuf(file, nil, _IOFBF, 4096)
        return file
    }

    private static func close(_ files: UnsafeMutablePointer<FILE>?...) {
        for case let file? in files { fclose(file) }
    }

    /// libedit drops every character that the locale cannot read, so it must be a UTF-8 one before libedit starts.
    private static func chooseLocale() {
        setlocale(LC_CTYPE, "")
        let codeset = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) }
        if codeset != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    }
}
