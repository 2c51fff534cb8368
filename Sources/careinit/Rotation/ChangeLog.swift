import Secrets

/// What is remembered of a change of secrets: since when they are there, and in the audit log names, and values as its salted
/// fingerprints.
enum ChangeLog {
    static func published(
        _ changes: [SecretChange], in file: String, project: Project, now: Int64
    ) throws(CommandFailure) {
        let subjects = changes.map { change in
            AuditLog.Subject(
                name: change.name, before: SecretBytes(change.other), after: SecretBytes(change.value))
        }
        try published(
            subjects, secrets: changes.filter(\.isSecret).map(\.name), in: file, project: project, now: now)
    }

    static func published(
        _ subjects: [AuditLog.Subject], secrets: [String], in file: String, project: Project, now: Int64
    ) throws(CommandFailure) {
        try SecretAges(project: project).note(secrets, now: now)
        try AuditLog(project).append(action: .secretPublished, subjects: subjects, file: file)
    }

    static func retired(_ name: String, project: Project) throws(CommandFailure) {
        try AuditLog(project).append(
            action: .secretRetired, subjects: [AuditLog.Subject(name: name, before: nil, after: nil)])
    }
}
