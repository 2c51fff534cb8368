#if canImport(Glibc)
    import Glibc
#endif

/// Where careinit writes: results to standard output; prompts, progress and errors to standard error.
struct Console: Sendable {
    /// Whether standard error may carry colour: a terminal, no NO_COLOR, not TERM=dumb, no --no-color.
    var usesColour: Bool
    /// Whether a person can be asked: standard input and standard error are terminals, no --no-input, no CI.
    var isInteractive: Bool
    /// Whether the terminal is only ever appended to, without an escape sequence, for a screen reader or a simple terminal.
    var isPlain = false
    var isQuiet = false
    var isVerbose = false

    /// The same, append-only and without colour.
    func plain() -> Self {
        var copy = self
        copy.isPlain = true
        copy.usesColour = false
        return copy
    }

    /// Writes a line of the result to standard output.
    func print(_ line: String) { Self.write(line + "\n", to: STDOUT_FILENO) }

    /// Writes a line of progress, warning or error to standard error.
    func note(_ line: String) { Self.write(line + "\n", to: STDERR_FILENO) }

    static func write(_ text: String, to descriptor: Int32) { write(bytes: Array(text.utf8)[...], to: descriptor) }

    /// Returns whether all of it was taken; errno says why not.
    @discardableResult
    static func write(bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR || errno == EAGAIN { continue }
                    return false
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return true
        }
    }
}
