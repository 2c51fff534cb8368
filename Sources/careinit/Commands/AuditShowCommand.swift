import EnvSchema
import Secrets

/// `careinit audit show`: who changed which settings and secrets, and when.
enum AuditShowCommand {
    static let command = Command(
        name: "audit show",
        summary: "Show who changed which settings and secrets, and when; never a value.",
        options: [
            .init(name: "--last", value: "N", help: "Only the last N entries."), .json, .environmentFile,
        ],
        examples: [
            .init(line: "careinit audit show --last 20", meaning: "The last 20 changes, oldest first."),
            .init(
                line: "careinit audit show --json | jq '.entries[] | select(.changes[].name == \"DB_PASSWORD\")'",
                meaning: "Every change of one secret."),
        ],
        run: { try run($0) })

    /// The whole log as one document.
    struct Document: Encodable, Sendable {
        var schema = 1
        var command = "audit show"
        var holds: Bool
        var entries: [Entry]
    }

    /// One line of the log; what only the chain says of itself has no action.
    struct Entry: Encodable, Sendable {
        var sequence: Int64
        var hash: String
        var time: String?
        var user: String?
        var effectiveUser: String?
        var command: String?
        var action: String?
        var file: String?
        var generation: Int?
        var note: String?
        var changes: [AuditEntry.Change]

        init(_ line: ChainLine) {
            let entry = AuditLog.decode(line.entry)
            sequence = line.sequence
            hash = line.hash
            (time, user, effectiveUser) = (entry?.time, entry?.user, entry?.effectiveUser)
            (command, action, file) = (entry?.command, entry?.action.rawValue, entry?.file)
            generation = entry?.generation
            note = entry == nil ? String(decoding: line.entry, as: UTF8.self) : entry?.note
            changes = entry?.changes ?? []
        }

        /// Such as `12  2026-11-23T13:10:05Z  anna  settings-changed (wizard)  SMTP_HOST, SMTP_PORT`.
        var text: String {
            let names = changes.map(\.name).joined(separator: ", ")
            let subject = [generation.map { "generation \($0)" }, file, names.isEmpty ? nil : names, note]
            let who = user == effectiveUser ? user : "\(user ?? "") as \(effectiveUser ?? "")"
            let what = action.map { "\($0) (\(command ?? ""))" }
            let columns: [String?] = [
                "\(sequence)", time, who, what, subject.compactMap { $0 }.joined(separator: "; "),
            ]
            return PrintableText.make(columns.compactMap { $0 }.joined(separator: "  "), width: 400)
        }
    }

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let console = invocation.console
        let last = try last(invocation)
        let place = try AuditFiles.place(invocation)
        var entries: [Entry] = []
        let found = try AuditFiles.verify(place) { entries.append(Entry($0)) }
        let report = AuditReport(found, of: place)
        if let last { entries = entries.suffix(last) }
        if invocation.has("--json") {
            console.print(try JSONText.encode(Document(holds: report.holds, entries: entries)))
        } else {
            entries.map(\.text).forEach(console.print)
        }
        guard let failure = report.failure else { return .success }
        console.report(failure)
        return failure.exitCode
    }

    private static func last(_ invocation: Invocation) throws(CommandFailure) -> Int? {
        guard let text = invocation.value("--last") else { return nil }
        guard let number = Int(text), number > 0 else {
            throw CommandFailure(.usage, "--last needs a number from 1 on", place: "--last", fix: "--last 20")
        }
        return number
    }
}
