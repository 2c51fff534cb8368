/// What supervisord's log tells of programs that ended by themselves since it started.
struct SupervisorLog: Sendable, Equatable {
    struct Ends: Sendable, Equatable {
        var count = 0
        /// Such as `terminated by SIGKILL`.
        var last = ""
        /// The time of the last in the log's words, such as `2026-11-23 11:30:05`.
        var time = ""
    }

    private(set) var ends: [String: Ends] = [:]

    /// Its last megabyte.
    static func read(_ path: String) -> SupervisorLog {
        SupervisorLog(text: String(decoding: FileTail.bytes(path, limit: 1 << 20) ?? [], as: UTF8.self))
    }

    init(text: String) {
        for line in text.split(separator: "\n") {
            if line.contains(" supervisord started with pid ") { ends = [:] }
            guard let mark = line.firstRange(of: " exited: ") else { continue }
            let rest = line[mark.upperBound...]
            let name = String(rest.prefix { $0 != " " })
            let reason = rest.drop { $0 != "(" }.dropFirst().prefix { $0 != ";" && $0 != ")" }
            var entry = ends[name] ?? Ends()
            entry.count += 1
            entry.last = String(reason)
            entry.time = String(line.prefix(19))
            ends[name] = entry
        }
    }
}
