#if canImport(Glibc)
    import Glibc
#endif

/// The limits of this machine beside what 10,000 connections need. What is too low is a warning: fewer connections work.
///
/// PostgreSQL asks for nothing here: its shared memory is mapped, its semaphores are POSIX's, and 64-bit kernels allow
/// both by default. Redis writes nothing to disk, so that vm.overcommit_memory does not concern it.
enum HostLimits {
    /// Descriptors that one worker of nginx may need: all clients, their requests on the way to carenotes, and its logs.
    /// nginx.conf's worker_rlimit_nofile and supervisord's minfds say the same.
    static let openFiles: UInt64 = 16_384
    /// What the systemd unit asks for, which fs.nr_open must allow.
    static let openFilesOfUnit = 65_536

    /// What is too low.
    ///
    /// - Parameters:
    ///   - openFiles: The most descriptors that the stack's processes may have; nil: a unit sees to that.
    ///   - read: Reads a file below /proc/sys.
    /// - Returns: One for each, in the order of the path that a connection takes.
    static func find(openFiles: UInt64?, read: (String) -> String?) -> [HostLimit] {
        var limits: [HostLimit] = []
        if let openFiles, openFiles < Self.openFiles {
            limits.append(
                HostLimit(
                    name: "the limit of open files (ulimit -Hn)", current: "\(openFiles)",
                    wanted: "\(Self.openFiles)", meaning: "each connection is one, and each request one more",
                    isSysctl: false))
        }
        for rule in rules {
            let text = read(rule.name.replacing(".", with: "/"))
            if text == nil && rule.isOptional { continue }
            let numbers = (text ?? "").split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
            if rule.isEnough(numbers) { continue }
            limits.append(
                HostLimit(
                    name: rule.name, current: text.map { _ in numbers.map(String.init).joined(separator: " ") },
                    wanted: rule.wanted, meaning: rule.meaning))
        }
        return limits
    }

    private struct Rule {
        var name: String
        var wanted: String
        var meaning: String
        /// Not there on every machine.
        var isOptional = false
        var isEnough: @Sendable ([Int]) -> Bool
    }

    private static let rules = [
        Rule(name: "fs.file-max", wanted: "262144", meaning: "the machine's descriptors, of all processes") {
            $0.first ?? 0 >= 262_144
        },
        Rule(name: "fs.nr_open", wanted: "1048576", meaning: "the most that one process may ask for") {
            $0.first ?? 0 >= openFilesOfUnit
        },
        Rule(
            name: "net.core.somaxconn", wanted: "4096",
            meaning: "connections that wait for nginx, as when all come back at once"
        ) { $0.first ?? 0 >= 4096 },
        Rule(
            name: "net.ipv4.ip_local_port_range", wanted: "32768 60999",
            meaning: "ports for nginx' own connections to carenotes"
        ) { $0.count == 2 && $0[1] - $0[0] >= 20_000 },
        Rule(
            name: "net.netfilter.nf_conntrack_max", wanted: "131072",
            meaning: "connections that the firewall follows; it drops packets of further ones", isOptional: true
        ) { $0.first ?? 0 >= 65_536 },
    ]
}

extension HostLimits {
    /// Names what is too low, where nginx serves more than this machine.
    ///
    /// - Parameters:
    ///   - settings: Where nginx listens.
    ///   - openFiles: As for `find`.
    ///   - console: Where the warning goes.
    static func warn(_ settings: StackSettings, openFiles: UInt64?, console: Console) {
        guard !settings.web.address.hasPrefix("127.") else { return }
        lines(find(openFiles: openFiles) { FileSystem.readText("/proc/sys/\($0)") }).forEach(console.note)
    }

    /// For people, with the lines that mend it; empty where all is enough.
    static func lines(_ limits: [HostLimit]) -> [String] {
        guard !limits.isEmpty else { return [] }
        var lines = ["Warning: limits of this machine are too low for 10,000 connections:"] + limits.map(\.line)
        let settings = limits.filter(\.isSysctl).map { "\($0.name)=\($0.wanted)" }
        if !settings.isEmpty {
            let words = settings.map(ShellWord.quoted).joined(separator: " ")
            lines.append(
                "  Fix: printf '%s\\n' \(words) | sudo tee /etc/sysctl.d/60-careinit.conf && sudo sysctl --system")
        }
        if limits.contains(where: { !$0.isSysctl }) {
            lines.append(
                "  Fix: start the stack by careinit install-service, whose unit sets it, or: ulimit -Hn 65536")
        }
        return lines
    }

    /// The most descriptors that a process of the stack may have here: supervisord and nginx raise their own up to the hard
    /// limit, and above it with CAP_SYS_RESOURCE only (getrlimit(2)).
    static func ownOpenFiles() -> UInt64 {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let status = FileSystem.readText("/proc/self/status", limit: 65_536) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }
        let rights = line?.split(whereSeparator: \.isWhitespace).last.flatMap { UInt64($0, radix: 16) } ?? 0
        let mayRaise = rights & (1 << 24) != 0
        return mayRaise ? max(UInt64(limit.rlim_max), openFiles) : UInt64(limit.rlim_max)
    }
}
