/// `careinit version`, also `careinit --version`.
enum VersionCommand {
    static let current = "0.1.0"

    static let command = Command(
        name: "version", summary: "Show the version.", run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        invocation.console.print("careinit \(current)")
        return .success
    }
}
