import EnvSchema

#if canImport(Glibc)
    import Glibc
#endif

/// What `install-service` and `uninstall-service` are asked for, checked.
struct ServiceRequest {
    var unit: ServiceUnit
    var folder: UnitFolder
    var systemd: Systemd
    /// Who runs the stack.
    var account: UserAccount

    var installation: ServiceInstallation { ServiceInstallation(unit: unit, folder: folder, systemd: systemd) }

    /// Reads the command line.
    ///
    /// - Parameters:
    ///   - invocation: The command line.
    ///   - installs: Whether a name is needed where the stack has no unit yet.
    /// - Throws: exit code 64 for an unknown user, runtime or root; 77 where the unit's name is somebody else's.
    init(_ invocation: Invocation, installs: Bool) throws(CommandFailure) {
        let root = try Self.root(invocation)
        folder = UnitFolder(root: root)
        systemd = Systemd(root: root)
        let file = invocation.value("--env-file") ?? ".env"
        account = try Self.account(invocation, file)
        let project = try StateDirectory.resolve(environmentFile: file, surroundings: .ofService(account))
        let number = StateDirectory.shortDigest(of: project.environmentFile)
        let name = installs ? try folder.name(for: project, number: number) : folder.unit(of: project)
        unit = ServiceUnit(
            name: name ?? "", project: project,
            program: FileSystem.linkTarget("/proc/self/exe") ?? "/usr/local/bin/careinit",
            runtime: try RuntimeOption.read(invocation) ?? project.runtimeKind,
            user: account.identifier == 0 ? nil : account.name,
            templates: TemplateLibrary(folder: TemplateSource.folder))
    }

    private static func root(_ invocation: Invocation) throws(CommandFailure) -> String {
        guard let named = invocation.value("--root"), named != "/" else { return "" }
        guard let path = FileSystem.realPath(named), FileSystem.isFolder(path) else {
            throw CommandFailure(
                .usage, "There is no folder \(PrintableText.make(named, width: 120))", place: "--root")
        }
        return path
    }

    /// The user that is named, else whose stack it is already, else root.
    private static func account(_ invocation: Invocation, _ file: String) throws(CommandFailure) -> UserAccount {
        let root = UserAccount(name: "root", identifier: 0, group: 0, home: "/root")
        guard let name = invocation.value("--user") else {
            let state = "\((FileSystem.realPath(file) ?? file).parentPath)/.careinit"
            return FileSystem.status(state).flatMap { UserAccount.withIdentifier($0.st_uid) } ?? root
        }
        guard let account = UserAccount.named(name) else {
            throw CommandFailure(
                .usage, "There is no user \(PrintableText.make(name, width: 60))", place: "--user",
                fix: "leave it out to run the stack as root, which gives each service a user of its own")
        }
        return account
    }
}
