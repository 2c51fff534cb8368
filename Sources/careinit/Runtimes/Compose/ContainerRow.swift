import FoundationEssentials

/// What `docker inspect` says of one container.
struct ContainerRow: Sendable, Equatable, Decodable {
    struct State: Sendable, Equatable, Decodable {
        var status: String
        var pid: Int32
        var exitCode: Int32
        var error: String
        var startedAt: String
        var finishedAt: String
        var oomKilled: Bool

        enum CodingKeys: String, CodingKey {
            case status = "Status"
            case pid = "Pid"
            case exitCode = "ExitCode"
            case error = "Error"
            case startedAt = "StartedAt"
            case finishedAt = "FinishedAt"
            case oomKilled = "OOMKilled"
        }
    }

    struct Settings: Sendable, Equatable, Decodable {
        var labels: [String: String]

        enum CodingKeys: String, CodingKey { case labels = "Labels" }
    }

    var state: State
    var restartCount: Int
    var settings: Settings

    enum CodingKeys: String, CodingKey {
        case state = "State"
        case restartCount = "RestartCount"
        case settings = "Config"
    }

    var service: String { settings.labels["com.docker.compose.service"] ?? "" }

    static func read(_ json: String) -> [ContainerRow]? {
        try? JSONDecoder().decode([ContainerRow].self, from: Data(json.utf8))
    }
}

extension ServiceState {
    init(_ row: ContainerRow) {
        let state = row.state
        let phase: Phase =
            switch state.status {
            case "running": .running
            case "restarting": .restarting
            case "created", "exited": .stopped
            case "removing": .stopping
            default: .failed
            }
        let isActive = phase == .running
        self.init(
            phase: phase, process: state.pid > 0 ? state.pid : nil,
            startedAt: isActive ? RFC3339.seconds(state.startedAt) : nil, endCount: row.restartCount,
            lastEnd: row.restartCount > 0 || (phase != .running && state.exitCode != 0) ? Self.end(state) : nil,
            trouble: state.error)
    }

    private static func end(_ state: ContainerRow.State) -> String {
        let time = RFC3339.seconds(state.finishedAt).map { " at \(Clock.text($0))" } ?? ""
        return (state.oomKilled ? "killed for want of memory" : "exit status \(state.exitCode)") + time
    }
}
