/// Reads `--timeout SECONDS`.
enum TimeoutOption {
    static let standard: Duration = .seconds(120)

    /// - Throws: exit code 64 for anything but 1 to 86400 seconds.
    static func read(_ invocation: Invocation) throws(CommandFailure) -> Duration {
        guard let text = invocation.value(Command.Option.timeout.name) else { return standard }
        guard let seconds = Int(text), (1...86_400).contains(seconds) else {
            throw CommandFailure(
                .usage, "\"\(text)\" is not a number of seconds from 1 to 86400", place: "--timeout",
                fix: "--timeout 120")
        }
        return .seconds(seconds)
    }
}
