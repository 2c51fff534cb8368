/// Which `.env` a command line names: a file, or standard input by `-` or `--stdin`.
enum SettingsPath {
    static let standardInput = "/dev/stdin"

    /// - Throws: exit code 64 where both a file and standard input are named.
    static func named(by invocation: Invocation) throws(CommandFailure) -> String {
        let named = invocation.positionals.first ?? invocation.value("--env-file")
        guard invocation.has("--stdin") || named == "-" else { return named ?? ".env" }
        guard named == nil || named == "-" else {
            throw CommandFailure(
                .usage, "there are two things to read: a file and standard input", place: "--stdin",
                fix: "name one of them; - before a template stands for standard input")
        }
        return standardInput
    }
}

extension Command.Option {
    static let stdin = Self(name: "--stdin", help: "Read the settings from standard input.")
}
