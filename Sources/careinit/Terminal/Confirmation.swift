#if canImport(Glibc)
    import Glibc
#endif

/// A question that wants a yes before something is replaced.
enum Confirmation {
    /// Asks on the terminal; everything but a yes is a no.
    ///
    /// - Throws: exit code 64 where nobody can be asked.
    static func ask(_ question: String, console: Console) throws(CommandFailure) -> Bool {
        guard console.isInteractive else {
            throw CommandFailure(
                .usage, "this needs a yes, and there is no terminal to ask on",
                why: "standard input or standard error is not one, or --no-input or CI is set",
                fix: "add --yes to the same command")
        }
        // What was typed before the question was not meant for it.
        tcflush(STDIN_FILENO, TCIFLUSH)
        Console.write("\(question) [y/N] ", to: STDERR_FILENO)
        guard let answer = readLine() else {
            console.note("")
            return false
        }
        return ["y", "yes"].contains(answer.trimmed.lowercased())
    }
}

extension Command.Option {
    static let yes = Self(name: "--yes", short: "-y", help: "Do not ask for a confirmation.")
}
