/// The folder of the machine's own units, and which of them belong to whom.
struct UnitFolder: Sendable {
    /// Empty, or the folder that is some other machine's `/`, as `systemctl --root` takes it.
    var root = ""

    var path: String { "\(root)/etc/systemd/system" }
    /// Where packages and programs put theirs, which one of the same name in `path` would hide.
    private var others: [String] { ["/usr/lib/systemd/system", "/lib/systemd/system", "/run/systemd/system"] }

    func path(of unit: String) -> String { "\(path)/\(unit)" }

    /// The unit of that stack; nil where it has none.
    func unit(of project: Project) -> String? {
        careinitUnits.first { owner(of: path(of: $0)) == project.environmentFile }
    }

    /// The name of the unit of that stack: the one it has, else `careinit.service` for the machine's first, and one with
    /// the state's own number for every further.
    ///
    /// - Throws: exit code 77 where a unit of that name is not careinit's.
    func name(for project: Project, number: String) throws(CommandFailure) -> String {
        if let own = unit(of: project) { return own }
        let first = "careinit.service"
        let isTaken = owner(of: path(of: first)) != nil
        let name = isTaken ? "careinit-\(number).service" : first
        let places = [path(of: name)] + others.map { "\(root)\($0)/\(name)" }
        if let foreign = places.first(where: FileSystem.exists) {
            throw CommandFailure(
                .notPermitted, "A unit of the name \(name) is there already, and careinit did not write it",
                place: foreign, why: "it lacks the section [X-Careinit] that names the .env of a stack",
                fix:
                    "look at it with: systemctl cat \(name). If nobody needs it: systemctl disable --now \(name), "
                    + "and remove the file")
        }
        return name
    }

    /// The `.env` that a unit of careinit's runs; nil for anybody else's.
    func owner(of path: String) -> String? {
        guard let text = FileSystem.readText(path, limit: 65_536),
            let section = text.firstRange(of: "\n[X-Careinit]\n")
        else { return nil }
        let line = text[section.upperBound...].split(separator: "\n").first { $0.hasPrefix("EnvironmentFile=") }
        return line.map { String($0.dropFirst("EnvironmentFile=".count)).replacing("%%", with: "%") }
    }

    /// Units of Debian's packages that start at boot too and want what this stack's own programs want.
    var rivals: [String] {
        let names = FileSystem.names(in: "\(path)/multi-user.target.wants")
        return names.filter { name in
            // A unit that leads to /dev/null is masked: it does not start.
            Self.debianUnits.contains(name) && FileSystem.linkTarget(path(of: name)) != "/dev/null"
        }
    }

    private static let debianUnits: Set<String> = [
        "nginx.service", "etcd.service", "patroni.service", "postgresql.service", "redis-server.service",
        "prometheus.service", "prometheus-alertmanager.service", "prometheus-node-exporter.service",
        "prometheus-postgres-exporter.service", "grafana-server.service",
    ]

    private var careinitUnits: [String] {
        FileSystem.names(in: path).filter { $0.hasPrefix("careinit") && $0.hasSuffix(".service") }
    }
}
