/// `careinit up`: starts the stack, or brings what runs to what `.env` says.
enum UpCommand {
    static let command = Command(
        name: "up",
        summary: "Start the stack of .env, or apply what changed; wait until it is healthy.",
        options: [.runtime, .timeout, .environmentFile],
        examples: [
            .init(
                line: "careinit up", meaning: "Check, render, start, wait for health, show where everything is."),
            .init(
                line: "careinit up --runtime compose",
                meaning: "The same in containers; their images are made by careinit images build."),
            .init(line: "careinit up --timeout 300", meaning: "The same on a slow machine."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let timeout = try TimeoutOption.read(invocation)
        let runtime = try RuntimeOption.read(invocation)
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        return try StackStarter.up(
            project: project, console: invocation.console, timeout: timeout, runtime: runtime)
    }
}
