import EnvSchema

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
                name: "--section", value: "NAME",
                help: "Go through all settings of one section only, such as mail or 6."),
            .timeout, .environmentFile,
        ],
        examples: [
            .init(line: "careinit wizard", meaning: "Make or change .env in this folder."),
            .init(
                line: "careinit wizard --profile local",
                meaning: "With the proposals for trying it on this machine."),
            .init(line: "careinit wizard --section mail", meaning: "Change how mail is sent."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let profile = try ProvisionCommand.profile(invocation.value("--profile"))
        let timeout = try TimeoutOption.read(invocation)
        let console = invocation.console
        guard console.isInteractive else { throw noTerminal }
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        let (code, wantsStart) = try ask(project, profile: profile, invocation)
        guard wantsStart else { return code }
        return try StartStep.start(project, console: console, timeout: timeout)
    }

    /// The conversation, under the project's lock, which is free again before the stack is started.
    private static func ask(
        _ project: Project, profile: Profile?, _ invocation: Invocation
    ) throws -> (ExitCode, Bool) {
        let console = invocation.console
        let lock = try ProjectLock.acquire(project, command: "wizard")
        return try withExtendedLifetime(lock) {
            let provisioner = try Provisioner(project: project, now: Timestamp.now())
            let sheet = try provisioner.sheet(profile: profile, given: GivenAnswers())
            try provisioner.requireSecretsOfData(sheet)
            var options = WizardEngine.Options()
            options.environmentFile = project.environmentFile
            options.asksForProfile = profile == nil && sheet.inputs.existing == nil
            options.folder = project.directory
            options.section = try section(invocation.value("--section"), of: provisioner.schema)
            let surroundings = ProofSurroundings.read(project)
            options.proofs = { sheet, section in
                WizardProofs(sheet: sheet, surroundings: surroundings).worthTrying(in: section).map(\.title)
            }
            let engine = WizardEngine(sheet: sheet, options: options)
            TerminalGuard.install()
            defer { TerminalGuard.uninstall() }
            let terminal: any WizardTerminal = LibeditTerminal(usesColour: console.usesColour) ?? PlainTerminal()
            let session = WizardSession(
                engine: engine, terminal: terminal, provisioner: provisioner, console: console,
                surroundings: surroundings)
            let code = session.run()
            return (code, session.wantsStart)
        }
    }

    /// - Throws: exit code 64 for a word that names no section, or several.
    private static func section(_ word: String?, of schema: Schema) throws(CommandFailure) -> String? {
        guard let word else { return nil }
        let titles = schema.sections.filter { !$0.variables.isEmpty }.map(\.title)
        guard let title = SectionName.title(of: word, among: titles) else {
            throw CommandFailure(
                .usage, "no section, or more than one, is called \"\(word)\"", place: "--section",
                fix: "one of: \(titles.joined(separator: ", "))")
        }
        return title
    }

    private static let noTerminal = CommandFailure(
        .usage, "careinit wizard needs a terminal to ask on",
        why: "standard input or standard error is not one, or --no-input or CI is set",
        fix: "careinit provision --profile local, or careinit provision --answers FILE")
}
