import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// `careinit supervise FILE`: the process that becomes supervisord. careinit calls it itself, in a session of its own.
enum SuperviseCommand {
    static let command = Command(
        name: "supervise", summary: "Become the supervisor of a stack.",
        arguments: [.init(name: "FILE", help: "supervisord's configuration.", isRequired: true)],
        isInternal: true, run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let file = invocation.positionals[0]
        guard let program = Subprocess.find("supervisord") else {
            throw CommandFailure(
                .unavailable, "supervisord cannot be found", place: Subprocess.searchPath,
                fix: "install it: apt-get install --no-install-recommends supervisor")
        }
        // supervisord ignores its own `umask` in the foreground; its logs are for its owner alone.
        umask(0o077)
        // Without it a dead postmaster waits for PID 1 to be reaped, and Patroni for that.
        guard csystem_become_subreaper() == 0 else {
            throw CommandFailure(
                .failure, "The supervisor cannot adopt orphans", why: SystemError.last("prctl", "").reason)
        }
        do {
            try Subprocess(arguments: [program, "-n", "-c", file], environment: [:]).replaceThisProcess()
        } catch {
            throw CommandFailure(.unavailable, "supervisord did not start", place: program, why: "\(error)")
        }
    }
}
