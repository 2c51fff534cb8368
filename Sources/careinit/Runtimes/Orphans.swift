#if canImport(Glibc)
    import Glibc
#endif

/// Services that outlived their supervisord, which was killed. A second set beside them would find its ports and data
/// taken, so they are ended first.
struct Orphans {
    /// The variable in a service's environment that says whose it is.
    static let mark = "CAREINIT_STATE"

    var processes: [ProcessTable.Entry]

    /// What still runs of a stack whose supervisord does not answer.
    static func find(_ project: Project, in all: [ProcessTable.Entry] = ProcessTable.all()) -> Orphans {
        let own = getpid()
        let first = all.filter { $0.identifier != own && $0.state != "Z" && belongs($0, to: project) }
        var found = Set(first.map(\.identifier))
        // Workers of nginx and backends of PostgreSQL have written over their environment: their parents tell.
        for _ in 0..<4 {
            for entry in all where found.contains(entry.parent) && entry.state != "Z" {
                found.insert(entry.identifier)
            }
        }
        return Orphans(processes: all.filter { found.contains($0.identifier) && $0.identifier != own })
    }

    private static func belongs(_ entry: ProcessTable.Entry, to project: Project) -> Bool {
        let environment = FileSystem.read("/proc/\(entry.identifier)/environ", limit: 65_536) ?? []
        let wanted = Array("\(mark)=\(project.stateDirectory)".utf8)
        if environment.split(separator: 0).contains(where: { $0.elementsEqual(wanted) }) { return true }
        let title = entry.arguments[0]
        // carenotes keeps even its own user out of what is in its memory, and so of its environment.
        if title.hasSuffix("/carenotes"), entry.user == geteuid() {
            return entry.arguments.contains { $0.hasPrefix("\(project.stateDirectory)/generations/") }
        }
        if title.hasPrefix("nginx: master process") { return title.contains("\(project.stateDirectory)/") }
        // Workers whose master was killed: nobody above them tells.
        if title.hasPrefix("nginx: worker process") {
            return ProcessTable.folder(of: entry.identifier) == "\(project.runFolder)/nginx"
        }
        // Both have written a title of their own over their environment, and work in their data's folder.
        let program = title.prefix { $0 != " " }.split(separator: "/").last ?? ""
        guard ["postgres", "postgres:", "redis-server"].contains(program) else { return false }
        return ProcessTable.folder(of: entry.identifier)?.hasPrefix("\(project.stateDirectory)/data/") == true
    }

    /// Ends them: what uses the database first, then Patroni with its PostgreSQL; what does not end is killed.
    func end(console: Console) {
        guard !processes.isEmpty else { return }
        console.note("Ending \(processes.count) processes that a killed supervisord left behind.")
        let database = processes.filter(\.isDatabase)
        Self.end(processes.filter { !$0.isDatabase }, within: 15)
        // Patroni stops its own PostgreSQL.
        Self.end(database.filter { $0.arguments.contains { $0.hasSuffix("/patroni") } }, within: 60)
        Self.end(database, within: 10)
    }

    private static func end(_ processes: [ProcessTable.Entry], within seconds: Int) {
        for process in processes where ProcessTable.isRunning(process) { kill(process.identifier, SIGTERM) }
        for _ in 0..<(seconds * 20) {
            if !processes.contains(where: ProcessTable.isRunning) { return }
            Pause.milliseconds(50)
        }
        for process in processes where ProcessTable.isRunning(process) { kill(process.identifier, SIGKILL) }
    }
}

extension ProcessTable.Entry {
    fileprivate var isDatabase: Bool {
        arguments[0].hasPrefix("postgres:") || arguments[0].hasSuffix("/postgres")
            || arguments.contains { $0.hasSuffix("/patroni") || $0.hasSuffix("/patroni.yml") }
    }
}
