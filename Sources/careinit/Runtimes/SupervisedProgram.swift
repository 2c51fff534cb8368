/// What supervisord says of one program.
struct SupervisedProgram: Sendable, Equatable {
    /// supervisord's own states and codes (supervisor/states.py).
    enum State: Int, Sendable, Equatable {
        case stopped = 0
        case starting = 10
        case running = 20
        case backoff = 30
        case stopping = 40
        case exited = 100
        case fatal = 200
        case unknown = 1000

        /// Whether supervisord has, or will soon have, a process for it.
        var isActive: Bool { [.starting, .running, .backoff, .stopping].contains(self) }
    }

    var name: String
    var state: State
    /// 0 while it does not run.
    var process: Int32
    /// Seconds since 1970.
    var startedAt: Int64
    /// supervisord's own words, such as `Exited too quickly (process log may have details)`.
    var trouble: String

    /// nil where the structure lacks a name or a known state.
    init?(_ value: XMLRPCValue) {
        guard let name = value["name"]?.text,
            let state = value["state"]?.number.flatMap(State.init)
        else { return nil }
        self.name = name
        self.state = state
        process = Int32(clamping: value["pid"]?.number ?? 0)
        startedAt = Int64(value["start"]?.number ?? 0)
        trouble = value["spawnerr"]?.text ?? ""
    }
}
