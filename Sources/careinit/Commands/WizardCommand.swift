/// `careinit wizard`: asks, explains, generates, writes, and offers to start.
enum WizardCommand {
    static let command = Command(
        name: "wizard",
        summary: "Go through all settings with explanations, write .env and the certificate, start the stack.",
        options: [
            .init(
                name: "--profile", value: "PROFILE",
                help: "local (this machine only) or production; asked for otherwise.",
                values: Profile.allCases.map(\.rawValue)),
            .init(
                name: "--plain",
                help: "Only append lines, with numbered choices and no escape sequences (also: ACCESSIBLE=1)."),
            .timeout, .environmentFile,
        ],
        examples: [
            .init(line: "careinit wizard", meaning: "Make or change .env in this folder."),
            .init(
                line: "careinit wizard --profile local",
                meaning: "With the proposals for trying it on this machine."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let profile = try ProvisionCommand.profile(invocation.value("--profile"))
        let timeout = try TimeoutOption.read(invocation)
        let console = invocation.has("--plain") ? invocation.console.plain() : invocation.console
        guard console.isInteractive else { throw noTerminal }
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        let (code, wantsStart) = try ask(project, profile: profile, console: console)
        guard wantsStart else { return code }
        return try StartStep.start(project, console: console, timeout: timeout)
    }

    /// The conversation, under the project's lock, which is free again before the stack is started.
    private static func ask(_ project: Project, profile: Profile?, console: Console) throws -> (ExitCode, Bool) {
        let lock = try ProjectLock.acquire(project, command: "wizard")
        return try withExtendedLifetime(lock) {
            let provisioner = try Provisioner(project: project, now: Timestamp.now())
            let sheet = try provisioner.sheet(profile: profile, given: GivenAnswers())
            try provisioner.requireSecretsOfData(sheet)
            let engine = WizardEngine(
                sheet: sheet, environmentFile: project.environmentFile,
                asksForProfile: profile == nil && sheet.inputs.existing == nil)
            TerminalGuard.install()
            defer { TerminalGuard.uninstall() }
            let session = WizardSession(
                engine: engine, terminal: terminal(for: console), provisioner: provisioner, console: console)
            let code = session.run()
            return (code, session.wantsStart)
        }
    }

    private static func terminal(for console: Console) -> any WizardTerminal {
        if !console.isPlain, let terminal = LibeditTerminal(usesColour: console.usesColour) { return terminal }
        return PlainTerminal()
    }

    private static let noTerminal = CommandFailure(
        .usage, "careinit wizard needs a terminal to ask on",
        why: "standard input or standard error is not one, or --no-input or CI is set",
        fix: "careinit provision --profile local, or careinit provision --answers FILE")
}
