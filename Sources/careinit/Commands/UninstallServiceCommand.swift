/// `careinit uninstall-service`: the stack no longer starts at boot. What runs goes on running.
enum UninstallServiceCommand {
    static let command = Command(
        name: "uninstall-service",
        summary: "Take the systemd unit of the stack away. What runs goes on running. Needs root.",
        options: [
            .init(
                name: "--dry-run", short: "-n", help: "List what would change on this machine, and change nothing."
            ),
            .unitRoot, .environmentFile,
        ],
        examples: [
            .init(line: "sudo careinit uninstall-service", meaning: "Not at the next boot any more."),
            .init(
                line: "sudo careinit down && sudo careinit uninstall-service", meaning: "Stop it, and for good."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let console = invocation.console
        let request = try ServiceRequest(invocation, installs: false)
        guard request.folder.unit(of: request.unit.project) != nil else {
            console.note("No unit of \(request.folder.path) starts \(request.unit.project.environmentFile).")
            return .success
        }
        let changes = request.installation.removal()
        ServiceWording(request: request).before(changes, isDryRun: invocation.has("--dry-run"), console)
        if invocation.has("--dry-run") { return .success }
        try ServiceRequest.requireRoot(request.folder)
        try request.installation.carryOut(changes, console: console)
        ServiceWording(request: request).removed(console)
        return .success
    }
}
