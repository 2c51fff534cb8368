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
        lines += certificate
        lines.append("Replication  \(status.synchronous.reason ?? "synchronous")")
        for (index, line) in status.secrets.lines.enumerated() {
            lines.append((index == 0 ? "Secrets      " : Self.indent) + line)
        }
        return lines
    }

    /// Which it is, how long it holds, and what to do where that is not long.
    private var certificate: [String] {
        guard let certificate = status.certificate else { return ["Certificate  cannot be read"] }
        let life = certificate.lifetime
        let names = certificate.names.prefix(Self.shownNames).joined(separator: ", ")
        let others = certificate.names.count - Self.shownNames
        let source = certificate.source == .served ? "" : "; not served now, as it lies on the disk"
        var lines = ["Certificate  \(names)\(others > 0 ? " and \(others) more" : "")\(source)"]
        let age = CertificateRemedy.age(life, now: status.now)
        switch life.state(at: status.now) {
        case .good: lines.append(Self.indent + age)
        case .due: lines.append(Self.indent + marked("due for renewal: ", 33) + age)
        case .expired: lines.append(Self.indent + marked("EXPIRED, browsers refuse it: ", 31) + age)
        case .notYetValid: lines.append(Self.indent + marked("NOT YET VALID, browsers refuse it: ", 31) + age)
        }
        if let fix = certificate.fix { lines.append("\(Self.indent)Fix: \(fix)") }
        return lines
    }

    private static let indent = "             "
    /// A certificate may hold for a hundred.
    private static let shownNames = 5

    private func marked(_ text: String, _ colour: Int) -> String {
        usesColour ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
