#if canImport(Glibc)
    import Glibc
#endif

/// `careinit provision`: the wizard without a person.
enum ProvisionCommand {
    static let command = Command(
        name: "provision",
        summary: "Write .env and the certificate from answers, without asking; start the stack with --start.",
        options: [
            .init(name: "--answers", value: "FILE", help: "Answers in the form of a .env (- for standard input)."),
            .init(
                name: "--set", value: "KEY=VALUE",
                help:
                    "One answer; KEY=@FILE takes it from a file, as secrets must be, KEY=@- from standard input.",
                isRepeated: true),
            .init(
                name: "--profile", value: "PROFILE",
                help: "local (this machine only, nothing to answer) or production.",
                values: Profile.allCases.map(\.rawValue)),
            .init(name: "--dry-run", short: "-n", help: "Print what would be written and done; change nothing."),
            .init(name: "--start", help: "Start the stack afterwards, as careinit up does."),
            .json, .timeout, .environmentFile,
        ],
        examples: [
            .init(line: "careinit provision --profile local --start", meaning: "A whole stack on this machine."),
            .init(
                line: "careinit provision --answers answers.env --set SMTP_PASS=@smtp-password",
                meaning: "A production .env; all missing answers are named at once."),
            .init(line: "careinit provision --profile local --dry-run", meaning: "What that would do."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let profile = try profile(invocation.value("--profile"))
        let timeout = try TimeoutOption.read(invocation)
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        let isDryRun = invocation.has("--dry-run")
        let isJSON = invocation.has("--json")
        let result = try withLock(project, unless: isDryRun) {
            let provisioner = try Provisioner(project: project, now: Timestamp.now())
            let given = try GivenAnswers.read(
                sets: invocation.values["--set"] ?? [], answersFile: invocation.value("--answers"),
                schema: provisioner.schema)
            let run = ProvisionRun(
                provisioner: provisioner, given: given,
                sheet: try provisioner.sheet(profile: profile, given: given),
                console: invocation.console, isDryRun: isDryRun, isJSON: isJSON)
            return try run()
        }
        guard result == .success, invocation.has("--start"), !isDryRun else { return result }
        // With --json, standard output holds one document: the rest of what is said goes to standard error.
        if isJSON { dup2(STDERR_FILENO, STDOUT_FILENO) }
        return try StartStep.start(project, console: invocation.console, timeout: timeout)
    }

    /// - Throws: exit code 64 for a word that is no profile.
    static func profile(_ word: String?) throws(CommandFailure) -> Profile? {
        guard let word else { return nil }
        guard let profile = Profile(rawValue: word) else {
            throw CommandFailure(
                .usage, "there is no profile \"\(word)\"", place: "--profile",
                fix: "--profile local, or --profile production")
        }
        return profile
    }

    /// Holds the project's lock while the work is done; a dry run changes nothing and needs none.
    private static func withLock<Result>(
        _ project: Project, unless isDryRun: Bool, _ work: () throws -> Result
    ) throws -> Result {
        if isDryRun { return try work() }
        let lock = try ProjectLock.acquire(project, command: "provision")
        return try withExtendedLifetime(lock) { try work() }
    }
}
