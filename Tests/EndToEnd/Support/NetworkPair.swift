import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Two machines, as far as the network goes: two network namespaces (network_namespaces(7)) with a cable between them
/// (veth(4)). Nothing outside sees them, every port in them is free, and they vanish with the processes that hold them.
final class NetworkPair: Sendable {
    static let server = "10.77.0.1"
    static let client = "10.77.0.2"

    private nonisolated(unsafe) let holders: [RunningProcess]

    /// Whether this machine lets us make them.
    static let isPossible = (try? NetworkPair()) != nil

    init() throws {
        guard Privileges.isRoot else { throw HarnessError("only root makes network namespaces") }
        holders = try (0..<2).map { _ in try RunningProcess(["unshare", "--net", "sleep", "infinity"]) }
        for holder in holders { try Self.waitForNamespace(of: holder.identifier) }
        try ip(
            on: 0, "link", "add", "care0", "type", "veth", "peer", "name", "care1", "netns",
            "\(holders[1].identifier)")
        for (side, address) in [(0, Self.server), (1, Self.client)] {
            try ip(on: side, "link", "set", "lo", "up")
            try ip(on: side, "addr", "add", "\(address)/24", "dev", "care\(side)")
            try ip(on: side, "link", "set", "care\(side)", "up")
        }
    }

    /// The words in front of a program that runs on the server, or on the machine beside it.
    var onServer: [String] { enter(0) }
    var onClient: [String] { enter(1) }

    private func enter(_ side: Int) -> [String] {
        ["nsenter", "--net=/proc/\(holders[side].identifier)/ns/net", "--"]
    }

    private func ip(on side: Int, _ words: String...) throws {
        let outcome = try run(enter(side) + ["ip"] + words, in: "/")
        guard outcome.code == 0 else { throw HarnessError("ip \(words): \(outcome)") }
    }

    /// unshare(1) makes it before it becomes the program.
    private static func waitForNamespace(of process: pid_t) throws {
        func identifier(_ path: String) -> ino_t {
            var status = stat()
            return stat(path, &status) == 0 ? status.st_ino : 0
        }
        let own = identifier("/proc/self/ns/net")
        try eventually("a network namespace of its own") {
            let its = identifier("/proc/\(process)/ns/net")
            return its != own && its != 0 ? true : nil
        }
    }
}
