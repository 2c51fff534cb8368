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
            .init(line: "careinit wizard --section mail", meaning: "Change how mail is sent."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let profile = try ProvisionCommand.profile(invocation.value("--profile"))
        let timeout = try TimeoutOption.read(invocation)
        let console = invocation.has("--plain") ? invocation.console.plain() : invocation.console
        guard console.isInteractive else { throw noTerminal }
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        let (code, wantsStart) = try ask(project, profile: profile, invocation, console)
        guard wantsStart else { return code }
        return try StartStep.start(project, console: console, timeout: timeout)
    }

    /// The conversation, under the project's lock, which is free again before the stack is started.
    private static func ask(
        _ project: Project, profile: Profile?, _ invocation: Invocation, _ console: Console
    ) throws -> (ExitCode, Bool) {
        let lock = try ProjectLock.acquire(project, command: "wizard")
        return try withExtendedLifetime(lock) {
            let provisioner = try Provisioner(project: project, now: Timestamp.now())
            let surroundings = ProofSurroundings.read(project)
            let options = try options(invocation, provisioner, surroundings)
            TerminalGuard.install()
            defer { TerminalGuard.uninstall() }
            let terminal = terminal(for: console)
            let wording = WizardWording(
                width: terminal.width, usesColour: console.usesColour, environmentFile: project.environmentFile)
            let beginning = WizardBeginning(
                provisioner: provisioner, terminal: terminal, wording: wording, profile: profile, options: options)
            switch try beginning.begin() {
            case .left(let code): return (code, false)
            case .ready(let engine, let journalist):
                let session = WizardSession(
                    engine: engine, terminal: terminal, provisioner: provisioner, console: console,
                    surroundings: surroundings, journalist: journalist)
                let code = session.run()
                return (code, session.wantsStart)
            }
        }
    }

    private static func terminal(for console: Console) -> any WizardTerminal {
        if !console.isPlain, let terminal = LibeditTerminal(usesColour: console.usesColour) { return terminal }
        return PlainTerminal()
    }

    private static func options(
        _ invocation: Invocation, _ provisioner: Provisioner, _ surroundings: ProofSurroundings
    ) throws(CommandFailure) -> WizardEngine.Options {
        var options = WizardEngine.Options()
        options.environmentFile = provisioner.project.environmentFile
        options.section = try section(invocation.value("--section"), of: provisioner.schema)
        options.command = goOn(invocation)
        options.proofs = { sheet, section in
            WizardProofs(sheet: sheet, surroundings: surroundings).worthTrying(in: section).map(\.title)
        }
        return options
    }

    /// The command that goes on with the answers of this run.
    private static func goOn(_ invocation: Invocation) -> String {
        ["--env-file", "--section"].reduce("careinit wizard") { command, option in
            command + (invocation.value(option).map { " \(option) \(ShellWord.quoted($0))" } ?? "")
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
