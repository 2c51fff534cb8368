import Certs

#if canImport(Glibc)
    import Glibc
#endif

/// Gets the certificate of a stack from an authority, by Debian's certbot.
///
/// It holds no lock while certbot works: `certs install`, which certbot calls, takes it.
struct CertificateIssue {
    let project: Project
    let settings: StackSettings
    /// certbot's configuration, absolute.
    let folder: String
    let options: IssueOptions
    let console: Console

    /// certbot asks again and again for minutes before it gives up.
    private static let timeout: Duration = .seconds(900)

    /// - Throws: exit code 78 where the `.env` asks for another kind of certificate, 65 where nobody could vouch for its host.
    init(
        project: Project, settings: StackSettings, options: IssueOptions, console: Console
    ) throws(CommandFailure) {
        guard case .letsEncrypt(let folder) = settings.web.certificate else {
            throw CommandFailure(
                .configuration, "This stack's certificate does not come from certbot",
                place: project.environmentFile,
                why: "TLS_MODE is not letsencrypt",
                fix: "set TLS_MODE=letsencrypt, or make one: careinit certs create")
        }
        self.folder = folder.hasPrefix("/") ? folder : "\(project.directory)/\(folder)"
        (self.project, self.settings, self.options, self.console) = (project, settings, options, console)
        if case .server = options.authority { return }
        if let problem = PublicName.problem(host) {
            throw CommandFailure(
                .invalidData, "No public authority can vouch for \(host)",
                place: "\(project.environmentFile): APP_URL",
                why: problem,
                fix:
                    "set APP_URL to a name in the public DNS, TLS_MODE to self-signed, or name your own authority: --server URL"
            )
        }
    }

    private var host: String { settings.application.host }
    private var site: CertbotSite { CertbotSite(host: host, httpPort: settings.web.httpPort, folder: folder) }

    private var choice: ChallengeChoice {
        ChallengeChoice(
            web: settings.web, host: host, folder: project.challengeFolder,
            environmentFile: project.environmentFile,
            isStandalone: options.isStandalone)
    }

    /// The command line as it would be run now.
    func command() throws(CommandFailure) -> CertbotCommand {
        CertbotCommand(
            host: host, folder: folder, challenge: try choice.challenge(), authority: options.authority,
            contact: options.contact ?? settings.web.contact, hook: hook, isForced: options.isForced,
            isRehearsal: options.isRehearsal)
    }

    /// Runs certbot, and explains what it says.
    ///
    /// - Returns: What was done, a line each.
    /// - Throws: exit code 69 without certbot or authority, 77 without the right to write, 1 where the authority refused.
    func run(signals: TerminationSignals) throws(CommandFailure) -> [String] {
        try requireCertbot()
        try requireRight()
        let command = try command()
        if settings.web.httpPort != 80 {
            note(
                "The authority comes to port 80: it must lead to port \(settings.web.httpPort) of this machine (HTTP_PORT)."
            )
        }
        note("Running certbot for \(host) …")
        let output = try certbot(command, signals)
        let text = output.text + output.errorText
        guard output.succeeded else { throw failure(output.ending, text) }
        if options.isRehearsal {
            return ["it would work: the staging authority was convinced, and nothing was kept"]
        }
        try renewThroughWebroot()
        if CertbotOutput.hasFailedHook(text) { throw notInstalled }
        return IssueReport(folder: folder, host: host, isNotDue: CertbotOutput.isNotDue(text)).lines
    }

    // MARK: - Before

    private func requireCertbot() throws(CommandFailure) {
        guard Subprocess.find("certbot") == nil else { return }
        throw CommandFailure(
            .unavailable, "certbot is not installed", why: "careinit leaves ACME to it",
            fix: "apt-get install certbot")
    }

    private func requireRight() throws(CommandFailure) {
        // The stack of a user stays that user's: root is refused there.
        let own = "set LETSENCRYPT_DIR=letsencrypt, which certbot keeps beside the .env, without root"
        let there = ([folder] + folder.ancestors).first(where: FileSystem.exists) ?? "/"
        guard access(there, W_OK) != 0 else { return }
        throw CommandFailure(
            .notPermitted, "certbot's folder cannot be written", place: folder,
            why: SystemError.last("open", there).reason,
            fix: FileSystem.exists(project.stateDirectory)
                ? own : "run the same command with sudo, as everything of this stack then; or \(own)")
    }

    private var hook: String {
        let own = FileSystem.linkTarget("/proc/self/exe") ?? "/usr/bin/careinit"
        // The name by which it is installed stays when what it leads to is replaced.
        let installed = Subprocess.find("careinit").flatMap { FileSystem.realPath($0) == own ? $0 : nil }
        let home = Console.variable("XDG_STATE_HOME").flatMap { home in
            !home.isEmpty && project.stateDirectory.hasPrefix("\(home)/") ? home : nil
        }
        return DeployHook.line(
            program: installed ?? own, environmentFile: project.environmentFile, stateHome: home)
    }

    // MARK: - certbot

    private func certbot(
        _ command: CertbotCommand, _ signals: TerminationSignals
    ) throws(CommandFailure) -> Subprocess.Output {
        var program = Subprocess(arguments: command.arguments, timeout: Self.timeout)
        program.environment.merge(CertbotEnvironment.inherited) { own, _ in own }
        // It takes away the answers that it laid out, and ends no link half way.
        program.grace = .seconds(10)
        if !console.isQuiet {
            program.echo = { Console.write(String(decoding: $0, as: UTF8.self), to: STDERR_FILENO) }
        }
        do {
            return try program.run(signals: signals)
        } catch .interrupted {
            throw CommandFailure(
                signals.exitCode, "Interrupted", why: "certbot was ended", fix: "run the same command again")
        } catch {
            throw CommandFailure(
                .failure, "certbot cannot be run", why: "\(error)", fix: "apt-get install certbot")
        }
    }

    private func failure(_ ending: Subprocess.Ending, _ text: String) -> CommandFailure {
        let reason = CertbotOutput.reason(in: text)
        if let problem = CertbotProblem(output: text) { return problem.failure(site, reason: reason) }
        let why = ending == .timedOut ? "it did not end within \(Int(Self.timeout.seconds)) s" : reason
        return CommandFailure(
            .failure, "certbot failed", place: site.log, why: why, fix: "look into its log")
    }

    private func renewThroughWebroot() throws(CommandFailure) {
        let path = "\(folder)/renewal/\(host).conf"
        guard let text = FileSystem.readText(path), let mode = FileSystem.status(path)?.st_mode,
            let renewed = RenewalChallenge.throughWebroot(text, folder: project.challengeFolder, host: host)
        else { return }
        try OutputFile.write(Array(renewed.utf8), to: path, mode: mode & 0o7777)
        note("It will be renewed through the stack's nginx: \(path)")
    }

    private var notInstalled: CommandFailure {
        CommandFailure(
            .failure, "The certificate was got, but the running stack did not take it",
            place: "\(folder)/live/\(host)",
            why: "careinit certs install failed: see above",
            fix: "careinit certs install, then careinit certs check")
    }

    private func note(_ line: String) {
        if !console.isQuiet { console.note(line) }
    }
}
