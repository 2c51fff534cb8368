#if canImport(Glibc)
    import Glibc
#endif

/// `careinit down`: stops the stack and keeps its data.
enum DownCommand {
    static let command = Command(
        name: "down", summary: "Stop the stack. Its data, secrets and logs stay.",
        options: [.environmentFile],
        examples: [.init(line: "careinit down", meaning: "nginx first, the database last; nothing is lost.")],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let console = invocation.console
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        try StateDirectory.requireOwn(project)
        guard FileSystem.exists(project.stateDirectory) else {
            console.note("Nothing runs here: there is no \(project.stateDirectory).")
            return .success
        }
        let lock = try ProjectLock.acquire(project, command: "down")
        return try withExtendedLifetime(lock) {
            try stop(project, console: console)
            return .success
        }
    }

    private static func stop(_ project: Project, console: Console) throws(CommandFailure) {
        let runtime = project.runtime
        // Who cannot be asked may still run it.
        if runtime.kind == .compose { try Docker.require() }
        let wasUp = runtime.isUp
        if wasUp, let applied = AppliedPlan.load(project) {
            let waves = Dictionary(grouping: applied.services) { $0.priority }
            for (_, services) in waves.sorted(by: { $0.key > $1.key }) {
                let names = services.map(\.name).joined(separator: ", ")
                if !console.isQuiet { console.note("Stopping \(names) …") }
                try runtime.stop(services)
            }
        }
        if wasUp { try runtime.shutDown() }
        let hadOrphans = runtime.kind == .native && endOrphans(project, console)
        if !console.isQuiet {
            console.note(wasUp || hadOrphans ? "Everything has stopped." : "Nothing was running.")
        }
    }

    /// Whether there were any.
    private static func endOrphans(_ project: Project, _ console: Console) -> Bool {
        let orphans = Orphans.find(project)
        orphans.end(console: console)
        return !orphans.processes.isEmpty
    }
}
