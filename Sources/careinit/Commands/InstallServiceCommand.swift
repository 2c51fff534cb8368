import EnvSchema

#if canImport(Glibc)
    import Glibc
#endif

/// `careinit install-service`: lets systemd start the stack at boot.
enum InstallServiceCommand {
    static let command = Command(
        name: "install-service",
        summary: "Start the stack at boot: write a systemd unit, have it checked, and enable it. Needs root.",
        options: [
            .runtime,
            .init(
                name: "--user", value: "USER",
                help:
                    "Who runs the stack (default: whose it is, else root, under whom each service has its own user)."
            ),
            .init(name: "--now", help: "Start it now too."),
            .init(
                name: "--dry-run", short: "-n", help: "List what would change on this machine, and change nothing."
            ),
            .init(name: "--print", help: "Print the unit, and change nothing."),
            .unitRoot, .environmentFile,
        ],
        examples: [
            .init(line: "sudo careinit install-service --dry-run", meaning: "What it would change, line by line."),
            .init(
                line: "sudo careinit install-service --now",
                meaning: "From now on the stack runs under systemd: systemctl status careinit."),
            .init(
                line: "careinit install-service --print > careinit.service",
                meaning: "The unit alone, for a configuration management of your own."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let console = invocation.console
        var request = try ServiceRequest(invocation, installs: true)
        let configuration = try EnvironmentFile.requireValid(request.unit.project, console: console)
        let settings = try StackPreparation.settings(configuration)
        request.unit.reads = settings.web.certificate.files(from: request.unit.project.directory)
        let bytes: [UInt8]
        do { bytes = try request.unit.render() } catch { throw error.failure }
        if invocation.has("--print") {
            Console.write(String(decoding: bytes, as: UTF8.self), to: STDOUT_FILENO)
            return .success
        }
        let needsAccount = try check(request, settings, bytes)
        let changes = request.installation.changes(
            bytes, needsAccount: needsAccount, startsNow: invocation.has("--now"))
        ServiceWording(request: request).before(changes, isDryRun: invocation.has("--dry-run"), console)
        ServiceWording(request: request).warn(console)
        HostLimits.warn(settings, openFiles: nil, console: console)
        if invocation.has("--dry-run") { return .success }
        try ServiceRequest.requireRoot(request.folder)
        try request.installation.carryOut(changes, console: console)
        ServiceWording(request: request).installed(isStarted: invocation.has("--now"), console)
        return .success
    }

    /// Everything that would fail at the next boot, while somebody is there to mend it.
    ///
    /// - Returns: Whether the replicas' user is still to be made.
    private static func check(
        _ request: ServiceRequest, _ settings: StackSettings, _ bytes: [UInt8]
    ) throws(CommandFailure) -> Bool {
        try request.systemd.verify(bytes, name: request.unit.name)
        guard request.unit.runtime == .native else { return false }
        let isRoot = request.account.identifier == 0
        try PrivilegedPorts.require(settings, isRoot: isRoot, from: PrivilegedPorts.firstOpenToAll())
        if !isRoot { try requireReach(request) }
        _ = try HostFacts.discover(project: request.unit.project)
        return isRoot && UserAccount.named(ServiceUser.carenotes.rawValue) == nil
    }

    /// The user must be able to run the program and to read the `.env`.
    private static func requireReach(_ request: ServiceRequest) throws(CommandFailure) {
        guard geteuid() == 0 else { return }
        let (program, file) = (request.unit.program, request.unit.project.environmentFile)
        let attempt = Subprocess(
            arguments: [program, "check", "--quiet", "--no-input", file], directory: "/", user: request.account)
        let output = try? attempt.run()
        guard output?.succeeded != true else { return }
        throw CommandFailure(
            .notPermitted, "The user \(request.account.name) cannot run careinit on this .env", place: file,
            why: output.map { $0.errorText.isEmpty ? $0.text : $0.errorText },
            fix:
                "give \(request.account.name) the right to run \(program) and to read \(file), or leave out --user"
        )
    }
}

extension Command.Option {
    static let unitRoot = Self(
        name: "--root", value: "DIR",
        help: "Work on the machine whose / is this folder, such as an image, as systemctl --root does.")
}
