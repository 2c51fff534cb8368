import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A whole stack of a test's own, on free ports, in a folder that is gone afterwards.
final class ScratchStack: Sendable {
    let folder: ScratchFolder
    /// What was written into the `.env` for the ports, by variable.
    let ports: [String: UInt16]
    /// What stands in front of each careinit, such as a change of the network.
    private let wrapper: [String]
    /// How many ports in a row belong to it.
    private let first: UInt16
    private static let layout: [(name: String, count: UInt16)] = [
        ("PORT", 3), ("HTTP_PORT", 1), ("HTTPS_PORT", 1), ("DB_PORT", 1), ("PATRONI_PORT", 1),
        ("ETCD_CLIENT_PORT", 1), ("ETCD_PEER_PORT", 1), ("ETCD_METRICS_PORT", 1), ("REDIS_PORT", 1),
        ("PROMETHEUS_PORT", 1), ("ALERTMANAGER_PORT", 1), ("NODE_EXPORTER_PORT", 1),
        ("POSTGRES_EXPORTER_PORT", 1), ("GRAFANA_PORT", 1),
    ]
    private static let portCount: UInt16 = layout.reduce(0) { $0 + $1.count }

    /// Whether this build of careinit can start a stack.
    static let isPossible =
        StackRuntime.isPossible && (try? run([Programs.careinit, "help", "up"], in: "/").code) == 0

    /// Provisions it; nothing runs yet.
    convenience init() throws {
        try self.init(wrapper: [], profile: "local")
    }

    /// The same with ports, a profile and settings that the test chooses.
    ///
    /// - Parameters:
    ///   - wrapper: What stands in front of each careinit.
    ///   - profile: `local` or `production`.
    ///   - own: Settings by name, in place of the free ports too.
    /// - Throws: `HarnessError` where it cannot be provisioned.
    init(wrapper: [String], profile: String, own: [String: String] = [:]) throws {
        self.wrapper = wrapper
        folder = try ScratchFolder()
        first = try Ports.freeRun(of: Self.portCount)
        var next = first
        var ports: [String: UInt16] = [:]
        for (name, count) in Self.layout {
            ports[name] = next
            next += count
        }
        self.ports = ports
        // Every stack has a network of its own.
        let network = "10.\(Int.random(in: 192...253)).\(Int.random(in: 0...255)).0"
        // Tests send more than any user does.
        let usual = ["CONTAINER_NETWORK": network, "RATE_LIMIT_MAX_REQUESTS": "1000000"]
        let values = ports.mapValues { "\($0)" }.merging(usual) { $1 }.merging(own) { $1 }
        let sets = values.sorted { $0.key < $1.key }.flatMap { ["--set", "\($0.key)=\($0.value)"] }
        let outcome = try run(
            [Programs.careinit, "provision", "--profile", profile, "--no-input"] + sets, in: folder.path)
        guard outcome.code == 0 else { throw HarnessError("provision: \(outcome)") }
    }

    /// The folder that only this stack's processes know.
    var state: String { folder[".careinit"] }
    var origin: String { "https://localhost:\(ports["HTTPS_PORT"] ?? 0)" }
    var settings: String { Files.text(folder[".env"]) }
    func port(_ name: String) -> UInt16 { ports[name] ?? 0 }

    @discardableResult
    func careinit(_ arguments: String..., within limit: Duration = .seconds(150)) throws -> Outcome {
        try run(wrapper + [Programs.careinit] + arguments, in: folder.path, within: limit)
    }

    /// Starts it, and fails with what `up` said and the ends of the logs.
    @discardableResult
    func up() throws -> Outcome {
        if !StackRuntime.isNative { try Self.images.get() }
        let outcome = try careinit("up", "--runtime", StackRuntime.current.rawValue)
        guard outcome.code == 0 else { throw HarnessError("up: \(outcome)\n\(logs)") }
        return outcome
    }

    /// Runs one for a test, and stops it whatever happens.
    static func withOne(_ body: (ScratchStack) throws -> Void) throws {
        let stack = try ScratchStack()
        do {
            try body(stack)
        } catch {
            try stack.destroy()
            throw error
        }
        try stack.destroy()
    }

    /// Stops it. Whatever is left is an issue of the test, and is killed.
    func down() throws {
        let outcome = try careinit("down")
        #expect(outcome.code == 0, "\(outcome)\n\(logs)")
        let left = ProcessEntry.belonging(to: folder.path)
        #expect(left.isEmpty, "down left processes: \(left)")
        for process in left { kill(process.identifier, SIGKILL) }
        let held = (first..<first + Self.portCount).filter { !Ports.isFree($0) }
        #expect(held.isEmpty, "down left ports: \(held)")
    }

    /// Stops it, and removes its data from Docker. The folder goes with this object.
    func destroy() throws {
        try down()
        guard !StackRuntime.isNative else { return }
        #expect(
            try dockerNames("container").isEmpty && dockerNames("network").isEmpty,
            "down left containers or networks")
        for volume in try dockerNames("volume") { try docker("volume", "rm", volume) }
        #expect(try dockerNames("volume").isEmpty)
    }

    /// The end of each log, for a failure that has to be understood.
    private var logs: String {
        if !StackRuntime.isNative { return (try? careinit("logs", "--lines", "8").text) ?? "" }
        return Files.all(below: "\(state)/logs").map { path in
            let lines = Files.text(path).split(separator: "\n").suffix(8)
            return "== \(path)\n" + lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
