#if canImport(Glibc)
    import Glibc
#endif

/// What the two commands say.
struct ServiceWording {
    let request: ServiceRequest

    private var name: String { request.unit.name }
    private var file: String { ShellWord.quoted(request.unit.project.environmentFile) }

    /// The list of changes, before the first of them; for a dry run it is the result.
    func before(_ changes: [ServiceChange], isDryRun: Bool, _ console: Console) {
        let start = isDryRun ? "Would change on this machine:" : "Changes on this machine:"
        let lines = [start] + changes.map(\.line)
        if isDryRun {
            lines.forEach(console.print)
        } else if !console.isQuiet {
            lines.forEach(console.note)
        }
    }

    /// What is worth to be known before the next boot.
    func warn(_ console: Console) { warnings.forEach(console.note) }

    func installed(isStarted: Bool, _ console: Console) {
        guard !console.isQuiet else { return }
        console.print("\(name) starts the stack at boot.")
        if request.systemd.isRunning {
            if !isStarted { console.print("Start it now:   systemctl start \(name)") }
            console.print("Look at it:     systemctl status \(name)")
            console.print("Its messages:   journalctl -u \(name)")
            console.print("Apply .env:     systemctl reload \(name)")
        } else if request.systemd.root.isEmpty {
            console.print(
                "systemd does not run here (PID 1 is another program): the unit takes effect where this system")
            console.print("boots with it. Until then: careinit up --env-file \(file)")
        }
        console.print("Undo it:        careinit uninstall-service --env-file \(file)")
    }

    func removed(_ console: Console) {
        guard !console.isQuiet else { return }
        console.print("\(name) is gone; what runs goes on running. Stop it: careinit down --env-file \(file)")
    }

    private var warnings: [String] {
        var lines: [String] = []
        if request.unit.liesInTemporaryFolder {
            lines.append(
                "Warning: \(request.unit.project.environmentFile) lies in a folder that is emptied at boot.\n"
                    + "  Fix: move the folder, such as to /srv/carenotes, and install the unit from there.")
        }
        let rivals = request.folder.rivals
        if request.unit.runtime == .native, !rivals.isEmpty {
            lines.append(
                "Warning: units of Debian's packages start at boot too, and may take this stack's ports: "
                    + rivals.joined(separator: ", ")
                    + "\n  Fix: systemctl disable --now \(rivals.joined(separator: " "))")
        }
        return lines
    }
}

extension ServiceRequest {
    /// - Throws: exit code 77 where the units may not be changed.
    static func requireRoot(_ folder: UnitFolder) throws(CommandFailure) {
        guard geteuid() != 0, folder.root.isEmpty else { return }
        throw CommandFailure(
            .notPermitted, "Only root may change what starts at boot", place: folder.path,
            fix: "run the same command with sudo, in the same folder")
    }
}
