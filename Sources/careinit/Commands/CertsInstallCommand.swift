import Certs

#if canImport(Glibc)
    import Glibc
#endif

/// `careinit certs install`: lets the running nginx serve another pair, without an interruption.
enum CertsInstallCommand {
    static let command = Command(
        name: "certs install",
        summary: "Let nginx serve a new certificate without an interruption, and take it back if it does not.",
        options: [
            .init(name: "--from", value: "DIR", help: "A folder with fullchain.pem and privkey.pem."),
            .init(name: "--cert", value: "FILE", help: "The certificate and its chain, in PEM; with --key."),
            .init(name: "--key", value: "FILE", help: "Its private key, in PEM."),
            .init(name: "--dry-run", help: "Look at the pair and say what would be done; change nothing."),
            .json, .timeout, .environmentFile,
        ],
        examples: [
            .init(line: "careinit certs install", meaning: "The pair that the .env names, after it was renewed."),
            .init(
                line: "careinit certs install --from ~/from-our-provider",
                meaning: "Copies a pair to where the .env expects it, and serves it."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let timeout = invocation.has("--timeout") ? try TimeoutOption.read(invocation) : .seconds(20)
        let path = invocation.value("--env-file") ?? ".env"
        let project = try StateDirectory.resolve(environmentFile: path)
        guard let settings = try CertificateProject.settings(path) else { throw noSettings(path) }
        try StateDirectory.requireOwn(project)
        if invocation.has("--dry-run") {
            let source = try InstallationSource.read(invocation, settings: settings, now: Clock.now())
            return try show(InstallationReport(.planned, source), invocation)
        }
        let lock = try ProjectLock.acquire(project, command: "certs install")
        return try withExtendedLifetime(lock) {
            let source = try InstallationSource.read(invocation, settings: settings, now: Clock.now())
            let installation = CertificateInstallation(
                project: project, runtime: project.runtime, source: source, timeout: timeout)
            return try show(try installation.run(), invocation)
        }
    }

    private static func show(_ report: InstallationReport, _ invocation: Invocation) throws -> ExitCode {
        if invocation.has("--json") {
            invocation.console.print(try report.json())
        } else if !invocation.console.isQuiet {
            invocation.console.print(report.text)
        }
        return .success
    }

    private static func noSettings(_ path: String) -> CommandFailure {
        CommandFailure(
            .missingInput, "there is no stack to install a certificate in",
            why: "\(path) is missing, or names no APP_URL and TLS_MODE",
            fix: "--env-file names the .env of the stack")
    }
}
