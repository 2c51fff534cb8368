#if canImport(Glibc)
    import Glibc
#endif

extension HostFacts {
    static var isRoot: Bool { geteuid() == 0 }

    /// Looks at the machine; throws one failure that lists every missing program, with the command that installs them.
    /// Where `carenotes` is nil, it is the program beside careinit's own, else the one in the search path.
    static func discover(project: Project, carenotes: String? = nil) throws(CommandFailure) -> HostFacts {
        let isRoot = isRoot
        let programs = findPrograms()
        let postgres = postgresFolder(project: project)
        let carenotes = carenotes ?? carenotesSource()
        try requireAll(programs: programs, postgres: postgres, carenotes: carenotes)
        return HostFacts(
            isRoot: isRoot, programs: programs, postgresFolder: postgres ?? "",
            postgresAccount: isRoot
                ? ServiceUser.postgres.rawValue : UserAccount.withIdentifier(geteuid())?.name ?? "",
            carenotesSource: carenotes ?? "",
            carenotes: reachable(carenotes ?? "", isRoot: isRoot, project: project),
            unprivilegedPortStart: PrivilegedPorts.firstOpenToAll())
    }

    // MARK: - Programs

    private static func findPrograms() -> [StackProgram: Program] {
        var result: [StackProgram: Program] = [:]
        for program in StackProgram.allCases {
            guard let path = program.names.lazy.compactMap(Subprocess.find).first else { continue }
            let answer = versionAnswer(of: program, at: path)
            result[program] = Program(
                path: path, version: answer.flatMap(ProgramVersion.init(in:)),
                openSSL: answer.flatMap(ProgramVersion.init(ofOpenSSLIn:)))
        }
        return result
    }

    private static func versionAnswer(of program: StackProgram, at path: String) -> String? {
        guard let arguments = program.versionArguments else { return nil }
        let run = Subprocess(arguments: [path] + arguments, timeout: .seconds(10))
        guard let output = try? run.run() else { return nil }
        // nginx answers on standard error.
        return output.text + output.errorText
    }

    /// Debian keeps each version of PostgreSQL in a folder of its own. Data once made are only read by theirs.
    private static func postgresFolder(project: Project) -> String? {
        let root = "/usr/lib/postgresql"
        let versions = FileSystem.names(in: root).compactMap(Int.init).sorted(by: >)
            .filter { access("\(root)/\($0)/bin/postgres", X_OK) == 0 }
        let existing = project.dataVersion
        if let existing { return versions.contains(existing) ? "\(root)/\(existing)/bin" : nil }
        if let newest = versions.first { return "\(root)/\(newest)/bin" }
        return Subprocess.find("postgres")?.parentPath
    }

    private static func requireAll(
        programs: [StackProgram: Program], postgres: String?, carenotes: String?
    ) throws(CommandFailure) {
        let missing = StackProgram.allCases.filter { programs[$0] == nil && !$0.isOptional }
        var names = missing.map { $0.names[0] }
        var packages = missing.map(\.package)
        if postgres == nil {
            names.append("postgres")
            packages.append("postgresql")
        }
        if programs[.patroni]?.path == "/usr/bin/patroni", !hasEtcdModule {
            names.append("Patroni's etcd module")
            packages.append("python3-etcd")
        }
        // Where pyOpenSSL is installed, the etcd module speaks TLS through it, and then needs this one.
        if FileSystem.exists("\(modules)/OpenSSL"), !FileSystem.exists("\(modules)/idna") {
            names.append("Python's idna module")
            packages.append("python3-idna")
        }
        if carenotes == nil { names.append("carenotes") }
        guard !names.isEmpty else { return }
        let unique = packages.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let install =
            unique.isEmpty ? "build carenotes beside careinit" : "apt-get install " + unique.joined(separator: " ")
        throw CommandFailure(
            .unavailable, "Programs that the stack runs are missing: \(names.joined(separator: ", "))",
            why: "they are neither in \(Subprocess.searchPath) nor where Debian puts them", fix: install)
    }

    /// Debian's Patroni takes any one of several stores' modules as enough.
    private static var hasEtcdModule: Bool { FileSystem.exists("\(modules)/etcd/__init__.py") }
    /// Where Debian keeps Python's modules.
    private static let modules = "/usr/lib/python3/dist-packages"

    // MARK: - carenotes

    /// Beside careinit's own program, else in the search path.
    static func carenotesSource() -> String? {
        if let own = FileSystem.linkTarget("/proc/self/exe") {
            let beside = "\(own.parentPath)/carenotes"
            if access(beside, X_OK) == 0 { return beside }
        }
        return Subprocess.find("carenotes")
    }

    /// Where the services' users can run it from: a copy in the state folder where they cannot reach the original.
    private static func reachable(_ path: String, isRoot: Bool, project: Project) -> String {
        let real = FileSystem.realPath(path) ?? path
        let mayAnybody: (String) -> Bool = { (FileSystem.status($0)?.st_mode ?? 0) & S_IXOTH != 0 }
        if !isRoot || (mayAnybody(real) && real.ancestors.allSatisfy(mayAnybody)) { return real }
        return "\(project.stateDirectory)/bin/carenotes"
    }
}

extension Project {
    /// PostgreSQL's version of the data that this stack already has; nil where it has none.
    var dataVersion: Int? {
        (1...3).lazy.compactMap { FileSystem.readText("\(stateDirectory)/data/pg-\($0)/pgdata/PG_VERSION") }
            .compactMap { Int($0.filter(\.isNumber)) }.first
    }
}
