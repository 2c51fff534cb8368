#if canImport(Glibc)
    import Glibc
#endif

/// `careinit exec`: a program where a service runs, in place of this one.
enum ExecCommand {
    static let command = Command(
        name: "exec", summary: "Run a program where a service runs, as its user; its exit code is returned.",
        arguments: [
            .init(name: "SERVICE", help: "Whose user, files and network (careinit status).", isRequired: true),
            .init(
                name: "COMMAND",
                help: "The program, and its own options. It reads standard input: a secret belongs there.",
                isRequired: true, isRepeated: true),
        ],
        options: [.environmentFile],
        examples: [
            .init(line: "careinit exec pg-1 patronictl list", meaning: "The members, as Patroni sees them."),
            .init(
                line: "careinit exec pg-1 psql care_notes < question.sql",
                meaning: "As PostgreSQL's superuser. Standard input, output and error are the program's own."),
            .init(
                line: "careinit exec --env-file /srv/carenotes/.env app-1 sh",
                meaning: "A shell as the replica's user, in its container where there is one."),
        ],
        wrapsProgram: true, run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        try StateDirectory.requireOwn(project)
        guard let applied = AppliedPlan.load(project) else {
            throw CommandFailure(
                .missingInput, "There is no service: this stack was never started", place: project.runFolder,
                fix: "careinit up")
        }
        let service = try service(invocation.positionals[0], in: applied.services)
        let words = Array(invocation.positionals.dropFirst())
        var program = try project.runtime.program(
            words, in: service, onTerminal: isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1)
        if let kind = getenv("TERM") { program.environment["TERM"] = String(cString: kind) }
        do { try program.replaceThisProcess() } catch { throw failure(error, words[0]) }
    }

    /// - Throws: exit code 64 for a word that is no service.
    static func service(_ name: String, in services: [ServicePlan]) throws(CommandFailure) -> ServicePlan {
        if let service = services.first(where: { $0.name == name }) { return service }
        throw .unknownService(name, fix: "one of: \(services.map(\.name).joined(separator: ", "))")
    }

    private static func failure(_ failure: Subprocess.Failure, _ program: String) -> CommandFailure {
        switch failure {
        case .notFound(let name):
            CommandFailure(
                .noProgram, "There is no program \"\(name)\" here", place: Subprocess.searchPath,
                fix: "give its whole path")
        case .notStarted(let error):
            CommandFailure(.noProgram, "\"\(program)\" cannot be run", place: error.subject, why: error.reason)
        case .interrupted: CommandFailure(.interrupted, "\"\(program)\" was not run")
        }
    }
}

extension CommandFailure {
    static func unknownService(_ name: String, fix: String) -> Self {
        Self(.usage, "there is no service \"\(name)\"", fix: fix)
    }
}
