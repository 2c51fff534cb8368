/// What the planner needs to know of the machine, as a value: who runs careinit, and which programs are there.
struct HostFacts: Sendable, Equatable {
    struct Program: Sendable, Equatable {
        var path: String
        /// Known only where the configuration depends on it.
        var version: ProgramVersion?
        /// The OpenSSL that it runs with, where it says so and its configuration depends on it.
        var openSSL: ProgramVersion?
    }

    var isRoot: Bool
    var programs: [StackProgram: Program]
    /// The folder of PostgreSQL's own programs, such as `/usr/lib/postgresql/15/bin`.
    var postgresFolder: String
    /// The account that runs PostgreSQL, as its machine or its image calls it.
    var postgresAccount: String
    /// Where carenotes lies, as built or installed.
    var carenotesSource: String
    /// Where the services run it from: another place only where their users could not reach that one.
    var carenotes: String
    /// Ports below it are root's alone (ip_unprivileged_port_start, ip(7)).
    var unprivilegedPortStart: Int

    func path(_ program: StackProgram) -> String { programs[program]?.path ?? program.names[0] }
    func version(_ program: StackProgram) -> ProgramVersion? { programs[program]?.version }
    func openSSL(_ program: StackProgram) -> ProgramVersion? { programs[program]?.openSSL }
    func has(_ program: StackProgram) -> Bool { programs[program] != nil }

    /// What nginx keeps of root's rights: that to open these ports, where one of them is root's alone and careinit is root.
    func capability(toListenOn ports: [UInt16]) -> String? {
        isRoot && ports.contains { Int($0) < unprivilegedPortStart } ? "net_bind_service" : nil
    }

    /// The user who runs a service: its own under root, and otherwise whoever runs careinit.
    func owner(_ user: ServiceUser) -> String? { isRoot ? user.rawValue : nil }
}

/// The users of the services where careinit runs as root. Debian's packages bring all but `carenotes`.
enum ServiceUser: String, Sendable, CaseIterable {
    case postgres
    case etcd
    case redis
    case nginx = "www-data"
    case carenotes
    case prometheus
    case grafana
}
