#if canImport(Glibc)
    import Glibc
#endif

/// An address of loopback from which no packet comes back and none gets to, not even a refusal: what is left of a container
/// or a machine that is gone. Other ports are let alone. Only root can make one.
final class Blackhole: Sendable {
    /// Whether this machine lets the test make one. `careinit` needs none: only these tests do.
    static let isPossible = getuid() == 0 && (try? ServerProcess.run("iptables", list, isPostgres: false)) != nil

    private static let list = ["--wait", "--numeric", "--list", "INPUT"]
    private let rules: [[String]]

    init(host: String, port: UInt16) throws {
        let ends = [["--destination", host, "--dport"], ["--source", host, "--sport"]]
        rules = ends.map { ["INPUT", "--protocol", "tcp"] + $0 + ["\(port)", "--jump", "DROP"] }
        for rule in rules { try ServerProcess.run("iptables", ["--wait", "--insert"] + rule, isPostgres: false) }
    }

    deinit { end() }

    /// Lets packets through again; once more does nothing.
    func end() {
        for rule in rules {
            _ = try? ServerProcess.run("iptables", ["--wait", "--delete"] + rule, isPostgres: false)
        }
    }
}
