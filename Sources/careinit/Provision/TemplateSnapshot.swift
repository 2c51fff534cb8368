import EnvSchema
import Secrets

/// The template that the present `.env` was written by, so that the next run can tell what has changed in it.
enum TemplateSnapshot {
    /// Keeps the template's text; writes nothing where it is kept already.
    static func keep(_ template: EnvDocument, for project: Project) throws(CommandFailure) {
        if read(project) == template.bytes { return }
        try WizardFolder.prepare(project)
        try OutputFile.write(template.bytes, to: project.templateSnapshot)
    }

    /// What the template of the last run said; nil where there is none, or none that can be read any more.
    static func schema(_ project: Project) -> Schema? {
        read(project).flatMap { try? Schema(template: EnvDocument(parsing: $0)) }
    }

    private static func read(_ project: Project) -> [UInt8]? {
        try? AtomicFile.read(project.templateSnapshot, limit: 1 << 20)
    }
}
