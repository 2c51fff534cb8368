extension HostFacts {
    /// What is in the images: Debian 13's programs, wherever the images are built or rendered for.
    ///
    /// - Parameter hasGrafana: Whether Grafana's own image is there, or need not be yet.
    /// - Returns: Paths as they are in the images.
    static func images(hasGrafana: Bool) -> HostFacts {
        var programs: [StackProgram: Program] = [:]
        for program in StackProgram.allCases where program != .grafana && program != .supervisord {
            programs[program] = Program(path: "/usr/bin/\(program.names[0])", version: nil, openSSL: nil)
        }
        programs[.nginx] = Program(
            path: "/usr/sbin/nginx", version: ProgramVersion(1, 26, 3), openSSL: ProgramVersion(3, 5))
        programs[.etcd]?.version = ProgramVersion(3, 5, 16)
        programs[.patroni]?.version = ProgramVersion(4, 0, 7)
        if hasGrafana { programs[.grafana] = Program(path: "/usr/share/grafana/bin/grafana") }
        return HostFacts(
            isRoot: isRoot, programs: programs, postgresFolder: "/usr/lib/postgresql/17/bin",
            postgresAccount: "service", carenotesSource: "", carenotes: "/usr/lib/carenotes/carenotes",
            unprivilegedPortStart: 0)
    }
}
