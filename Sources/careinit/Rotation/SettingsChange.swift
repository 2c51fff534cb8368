import EnvSchema
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// Puts new secrets into the `.env`, all in one write; every other byte stays as it is.
struct SettingsChange {
    let project: Project

    /// Refuses values that the settings could not be with, before anything is done.
    ///
    /// - Throws: exit code 65 with what is wrong; the stack could not be started, nor anything be taken back, with such a file.
    func require(_ changes: [(name: String, value: String)]) throws(CommandFailure) {
        var document = try EnvironmentFile.load(project.environmentFile).document
        for change in changes { document.set(change.name, to: change.value) }
        try requireValid(document, changes.map(\.name))
    }

    private func requireValid(_ document: EnvDocument, _ names: [String]) throws(CommandFailure) {
        let findings = Checker(schema: try TemplateSource.environment().schema).findings(in: document)
        guard let wrong = findings.first(where: { $0.severity == .error }) else { return }
        throw CommandFailure(
            .invalidData, "The settings would not be in order with the new \(names.joined(separator: ", "))",
            place: wrong.variable ?? project.environmentFile, why: wrong.reason, fix: "give another value")
    }

    /// - Parameters:
    ///   - changes: Variables of it.
    ///   - now: Unix seconds.
    /// - Throws: exit code 65 where a variable has neither value: somebody else has changed it meanwhile.
    func apply(_ changes: [SecretChange], now: Int64) throws(CommandFailure) {
        guard !changes.isEmpty else { return }
        guard let file = try InputFile.read(project.environmentFile) else {
            throw CommandFailure(.missingInput, "The settings are gone", place: project.environmentFile)
        }
        var document = EnvDocument(parsing: file.bytes)
        for change in changes {
            guard change.mayReplace(document.value(of: change.name) ?? "") else {
                throw change.conflict(in: project.environmentFile)
            }
            document.set(change.name, to: change.value)
        }
        try verify(document, changes)
        try requireValid(document, changes.map(\.name))
        try OutputFile.write(
            document.bytes, to: project.environmentFile, owner: geteuid() == 0 ? file.owner : nil)
        try ChangeLog.published(changes, in: project.environmentFile, project: project, now: now)
    }

    private func verify(_ document: EnvDocument, _ changes: [SecretChange]) throws(CommandFailure) {
        let read = EnvDocument(parsing: document.bytes)
        if let wrong = changes.first(where: { read.value(of: $0.name) != $0.value }) {
            throw CommandFailure(
                .invalidData, "\(wrong.name) would not be read back as it was given; nothing was written",
                place: project.environmentFile, fix: "give it another value")
        }
    }
}
