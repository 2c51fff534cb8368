/// `careinit status` for people.
struct StatusTable {
    let status: StackStatus
    let usesColour: Bool

    var lines: [String] {
        var lines = ["SERVICE          STATE       SINCE      DETAIL"]
        for row in status.rows {
            lines.append(
                "\(row.service.name.padded(to: 16)) \(coloured(row)) \(since(row).padded(to: 10)) \(detail(row))"
                    .trimmed)
        }
        for omission in status.omissions {
            lines.append(
                "\(omission.service.padded(to: 16)) \("absent".padded(to: 11)) \("-".padded(to: 10)) \(omission.reason)"
            )
        }
        return lines + [""] + summary
    }

    private func coloured(_ row: StackStatus.Row) -> String {
        let word = row.word.padded(to: 11)
        guard usesColour else { return word }
        return "\u{1B}[\(row.isHealthy ? 32 : 31)m\(word)\u{1B}[0m"
    }

    private func since(_ row: StackStatus.Row) -> String {
        guard let started = row.state?.startedAt, row.state?.phase == .running else { return "-" }
        return Self.age(status.now - started)
    }

    /// Such as `42 s`, `12 min`, `3 h` or `8 d`.
    static func age(_ seconds: Int64) -> String {
        switch max(0, seconds) {
        case ..<120: "\(max(0, seconds)) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    private func detail(_ row: StackStatus.Row) -> String {
        var parts: [String] = []
        if let member = status.cluster.members.first(where: { $0.name == row.service.name }) {
            parts.append(Self.describe(member))
        }
        parts += row.service.listeners.prefix(1).map { Address.withPort($0.address, $0.port) }
        if row.state?.phase == .running, let reason = row.result.reason { parts.append(reason) }
        if let state = row.state, let end = state.lastEnd {
            parts.append("\(state.endCount) restart\(state.endCount == 1 ? "" : "s"), last \(end)")
        }
        if row.generation != status.generation { parts.append("generation \(row.generation)") }
        return parts.joined(separator: ", ")
    }

    static func describe(_ member: DatabaseCluster.Member) -> String {
        switch member.role {
        case .leader: return "leader"
        case .unknown: return "role unknown"
        case .replica:
            let kind = member.isSynchronous ? "synchronous replica" : "replica"
            let flow = member.isStreaming ? "streaming" : "not streaming"
            return "\(kind), \(flow), lag \(member.lag.map { "\($0) bytes" } ?? "unknown")"
        }
    }

    private var summary: [String] {
        var lines = ["Address      \(status.origin)", "Generation   \(status.generation)"]
        if status.orphanCount > 0 {
            lines.insert(
                "supervisord was killed; \(status.orphanCount) of its processes go on alone. `careinit up` starts anew.",
                at: 0)
        }
        if let days = status.certificateDays, let end = status.certificateEnd {
            let left = days < 0 ? "has ended" : "\(days) days left"
            lines.append("Certificate  until \(Clock.text(end)) (\(left))")
        } else {
            lines.append("Certificate  cannot be read")
        }
        lines.append("Replication  \(status.synchronous.reason ?? "synchronous")")
        return lines
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
