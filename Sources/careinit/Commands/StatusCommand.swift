#if canImport(Glibc)
    import Glibc
#endif

/// `careinit status`: what runs, and how well.
enum StatusCommand {
    static let command = Command(
        name: "status",
        summary:
            "Show each service's state, the database's roles and lag, the certificate that is served and the generation.",
        options: [.json, .environmentFile],
        examples: [
            .init(line: "careinit status", meaning: "A table; exit code 0 where everything is healthy, else 69."),
            .init(line: "careinit status --json", meaning: "One JSON document for programs."),
            .init(
                line: "careinit status --json | jq .certificate",
                meaning: "Which certificate nginx shows, and whether it should have been renewed."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let console = invocation.console
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        try StateDirectory.requireOwn(project)
        guard let applied = AppliedPlan.load(project) else {
            throw CommandFailure(
                .unavailable, "This stack was never started", place: project.stateDirectory, fix: "careinit up")
        }
        let status = try StackStatus.read(applied, project: project, runtime: project.runtime)
        if invocation.has("--json") {
            console.print(try StatusReport(status).json())
        } else {
            let isTerminal = isatty(STDOUT_FILENO) == 1
            StatusTable(status: status, usesColour: console.usesColour && isTerminal).lines.forEach(console.print)
        }
        return status.isHealthy ? .success : .unavailable
    }
}
