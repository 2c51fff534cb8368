/// `careinit up`: starts the stack, or brings what runs to what `.env` says.
enum UpCommand {
    static let command = Command(
        name: "up",
        summary: "Start the stack of .env, or apply what changed; wait until it is healthy.",
        options: [.timeout, .environmentFile],
        examples: [
            .init(
                line: "careinit up", meaning: "Check, render, start, wait for health, show where everything is."),
            .init(line: "careinit up --timeout 300", meaning: "The same on a slow machine."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let timeout = try TimeoutOption.read(invocation)
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        return try StackStarter.up(project: project, console: invocation.console, timeout: timeout)
    }
}
