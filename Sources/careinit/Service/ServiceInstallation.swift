#if canImport(Glibc)
    import Glibc
#endif

/// What makes a machine start a stack at boot, and what undoes that: first the list, then one after the other.
struct ServiceInstallation {
    var unit: ServiceUnit
    var folder: UnitFolder
    var systemd: Systemd

    /// The changes that install the unit, in their order.
    ///
    /// - Parameters:
    ///   - bytes: The rendered unit.
    ///   - needsAccount: Whether the user of the replicas is missing.
    ///   - startsNow: Whether the stack is started too.
    /// - Returns: Only what is not as it must be already, except what systemd is told each time.
    func changes(_ bytes: [UInt8], needsAccount: Bool, startsNow: Bool) -> [ServiceChange] {
        let path = folder.path(of: unit.name)
        var changes: [ServiceChange] = []
        if needsAccount {
            changes.append(
                .init(
                    subject: "the system user \(ServiceUser.carenotes.rawValue)", action: .makeAccount,
                    meaning: "the replicas run as it"))
        }
        if FileSystem.read(path) != bytes {
            changes.append(
                .init(
                    subject: path, action: .write(bytes, mode: 0o644),
                    meaning: "starts the stack of \(unit.project.environmentFile) at boot"))
        }
        if systemd.isRunning { changes.append(run(["daemon-reload"], "systemd reads its units again")) }
        changes.append(run(["enable", unit.name], "from the next boot on"))
        if startsNow { changes.append(run(["start", unit.name], "now", timeout: 660)) }
        return changes
    }

    /// The changes that take it away again. What runs goes on running.
    func removal() -> [ServiceChange] {
        var changes = [run(["disable", unit.name], "not at the next boot")]
        changes.append(
            .init(subject: folder.path(of: unit.name), action: .remove, meaning: "the unit itself"))
        if systemd.isRunning { changes.append(run(["daemon-reload"], "systemd reads its units again")) }
        return changes
    }

    private func run(_ words: [String], _ meaning: String, timeout: Int = 60) -> ServiceChange {
        let command = systemd.command() + words
        return ServiceChange(
            subject: command.joined(separator: " "), action: .run(command, timeout: timeout), meaning: meaning)
    }

    /// Carries them out one after the other, and stops at the first that fails.
    func carryOut(_ changes: [ServiceChange], console: Console) throws(CommandFailure) {
        for change in changes {
            switch change.action {
            case .write(let bytes, let mode):
                try OutputFile.makeFolder(change.subject.parentPath)
                try OutputFile.write(bytes, to: change.subject, mode: mode)
            case .remove: try remove(change.subject)
            case .run(let command, let timeout):
                try systemd.run(
                    command, timeout: .seconds(timeout),
                    fix:
                        "journalctl -u \(unit.name) shows why; systemctl status \(unit.name), whether it is tried again"
                )
            case .makeAccount: try ServiceAccounts.makeCarenotes(console)
            }
        }
        try record(changes.contains { $0.action == .remove } ? .serviceRemoved : .serviceInstalled)
    }

    /// Where the stack is to be another user's, that user makes the state folder; root's would be in the way.
    private func record(_ action: AuditAction) throws(CommandFailure) {
        let log = AuditLog(unit.project)
        guard log.belongsToStack || (folder.root.isEmpty && unit.user == nil) else { return }
        try log.append(action: action, file: folder.path(of: unit.name))
    }

    private func remove(_ path: String) throws(CommandFailure) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw CommandFailure(
                .notPermitted, "\(path) cannot be removed", why: String(cString: strerror(errno)))
        }
    }
}
