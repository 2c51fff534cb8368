import Secrets

/// What `audit verify` found, for programs and people.
struct AuditReport: Encodable, Sendable {
    var schema = 1
    var command = "audit verify"
    /// Whether every line holds and nothing broken was set aside.
    var holds: Bool
    /// The file that grows.
    var file: String
    var lines: Int
    var firstSequence: Int64?
    /// `ID:SEQUENCE:HASH`, to be kept elsewhere, and given to `--head` later.
    var head: String?
    var broken: Broken?
    /// Of a line that was never whole; its next writer sets it aside.
    var tornBytes: Int
    var setAside: [String]

    struct Broken: Encodable, Sendable {
        var file: String
        var line: Int
        /// A stable name.
        var reason: String
        /// For people.
        var text: String
    }

    init(_ found: ChainVerification, of place: ChainFolder) {
        setAside = place.setAside()
        file = place.current
        lines = found.count
        firstSequence = found.firstSequence
        head = found.head.map { "\($0.id):\($0.sequence):\($0.hash)" }
        tornBytes = found.tornBytes
        broken = found.fault.map {
            Broken(file: $0.file, line: $0.fault.line, reason: $0.fault.reason.rawValue, text: $0.fault.text)
        }
        holds = broken == nil && !setAside.contains { $0.hasPrefix("\(place.folder)/\(place.name).broken-") }
    }

    var text: [String] {
        var text: [String] = []
        if holds { text.append("\(file): \(lines) line\(lines == 1 ? "" : "s"), and the chain holds.") }
        if let head { text.append("  head \(head)") }
        if tornBytes > 0 {
            text.append("  \(tornBytes) bytes of a line that was never whole; the next writer sets them aside")
        }
        return text + setAside.map { "  set aside: \($0)" }
    }

    /// Nil where it holds.
    var failure: CommandFailure? {
        if let broken {
            return CommandFailure(
                .failure, "The audit log does not hold", place: "\(broken.file):\(broken.line)", why: broken.text,
                fix: "find out who could write to that file; what stands before this line is as it was written")
        }
        guard !holds else { return nil }
        return CommandFailure(
            .failure, "The audit log was broken once", place: setAside.first { $0.contains(".broken-") },
            why: "the files of that chain were set aside, and a new one begins with a note of it",
            fix: "find out who could write there, then keep that folder elsewhere")
    }
}
