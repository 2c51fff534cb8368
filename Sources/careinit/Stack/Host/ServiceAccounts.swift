/// The users of the services where careinit runs as root.
enum ServiceAccounts {
    /// Makes the user `carenotes` where it is missing; Debian's packages have made the others.
    static func ensure(_ host: HostFacts, console: Console) throws(CommandFailure) {
        guard host.isRoot else { return }
        if UserAccount.named(ServiceUser.carenotes.rawValue) == nil { try makeCarenotes(console) }
        let missing = ServiceUser.allCases.filter {
            ($0 != .grafana || host.has(.grafana)) && UserAccount.named($0.rawValue) == nil
        }
        guard !missing.isEmpty else { return }
        let names = missing.map(\.rawValue).joined(separator: ", ")
        throw CommandFailure(
            .unavailable, "Users that services run as do not exist: \(names)",
            why: "under root, each service runs as the user that its Debian package makes",
            fix: "useradd --system --no-create-home --shell /usr/sbin/nologin NAME, for each of them")
    }

    static func makeCarenotes(_ console: Console) throws(CommandFailure) {
        let name = ServiceUser.carenotes.rawValue
        console.note("Making the system user \(name), which the replicas run as.")
        let run = Subprocess(arguments: [
            "/usr/sbin/useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
            "--shell",
            "/usr/sbin/nologin", name,
        ])
        let output = try? run.run()
        guard output?.succeeded != true else { return }
        throw CommandFailure(
            .cannotCreate, "The system user \(name) cannot be made",
            why: output?.errorText ?? "useradd did not start",
            fix: "make it yourself: useradd --system --user-group \(name)")
    }
}
