/// `careinit version`, also `careinit --version`.
enum VersionCommand {
    static let current = "0.1.0"
    /// The day of this version, for the manual.
    static let date = "2026-11-24"

    static let command = Command(
        name: "version", summary: "Show the version.", run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        invocation.console.print("careinit \(current)")
        return .success
    }
}
