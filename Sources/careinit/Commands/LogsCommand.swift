#if canImport(Glibc)
    import Glibc
#endif

/// `careinit logs`: the end of the services' logs.
enum LogsCommand {
    static let command = Command(
        name: "logs", summary: "Show the end of the services' logs; follow them with --follow.",
        arguments: [.init(name: "SERVICE", help: "Whose log (default: all).", isRepeated: true)],
        options: [
            .init(name: "--lines", short: "-n", value: "COUNT", help: "How many lines of each (default: 20)."),
            .init(name: "--follow", short: "-f", help: "Go on showing what is written, until Ctrl-C."),
            .environmentFile,
        ],
        examples: [
            .init(line: "careinit logs app-1 nginx", meaning: "The last 20 lines of both."),
            .init(
                line: "careinit logs --follow pg-1 pg-2 pg-3", meaning: "What the database says, as it says it."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let count = try count(invocation.value("--lines"))
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        try StateDirectory.requireOwn(project)
        guard let applied = AppliedPlan.load(project) else {
            throw CommandFailure(
                .missingInput, "There are no logs: this stack was never started", place: project.logFolder,
                fix: "careinit up")
        }
        let runtime = project.runtime
        let names = try names(invocation.positionals, applied, runtime)
        return try runtime.showLogs(
            LogRequest(
                services: applied.services, names: names, lines: count, follows: invocation.has("--follow"),
                redactor: KnownSecrets.redactor(of: project)),
            console: invocation.console)
    }

    private static func count(_ text: String?) throws(CommandFailure) -> Int {
        guard let text else { return 20 }
        guard let count = Int(text), (0...100_000).contains(count) else {
            throw CommandFailure(
                .usage, "\"\(text)\" is not a number of lines from 0 to 100000", place: "--lines",
                fix: "--lines 50")
        }
        return count
    }

    /// - Throws: exit code 64 for a word that is no service.
    private static func names(
        _ names: [String], _ applied: AppliedPlan, _ runtime: any Runtime
    ) throws(CommandFailure) -> [String] {
        let known = applied.services.map(\.name) + runtime.otherLogs
        if let unknown = names.first(where: { !known.contains($0) }) {
            throw .unknownService(unknown, fix: "one or more of: \(known.joined(separator: ", "))")
        }
        return names.isEmpty ? known : known.filter { names.contains($0) }
    }
}
