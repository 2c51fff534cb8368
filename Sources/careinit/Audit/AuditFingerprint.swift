import EnvSchema
import Secrets

/// Tells whether two values are the same, and nothing else about them: HMAC-SHA-256 under a salt that never leaves the state
/// folder, of name and value.
struct AuditFingerprint: Sendable {
    private let salt: SecretBytes

    init(salt: SecretBytes) { self.salt = salt }

    /// 16 hexadecimal digits: enough to tell values apart, and too few to find one by.
    func of(_ value: some Sequence<UInt8>, name: String) -> String {
        Hex.encode(Digest.hmacSHA256(key: salt, Array(name.utf8) + [0] + Array(value)).prefix(8))
    }

    func change(_ subject: AuditLog.Subject) -> AuditEntry.Change {
        AuditEntry.Change(
            // What stands before a `=` may be a secret that somebody put into the wrong place.
            name: VariableName.showable(subject.name) ?? "(unnamed)",
            before: subject.before.map { fingerprint($0, subject.name) },
            after: subject.after.map { fingerprint($0, subject.name) })
    }

    private func fingerprint(_ value: SecretBytes, _ name: String) -> String {
        value.withBytes { of($0, name: name) }
    }
}

extension AuditLog.Subject {
    init(_ name: String, before: String?, after: String?) {
        self.init(name: name, before: before.map { SecretBytes($0) }, after: after.map { SecretBytes($0) })
    }

    /// Every variable that two files set differently, in the order of the names.
    static func differences(from old: EnvDocument?, to new: EnvDocument) -> [AuditLog.Subject] {
        let names = Set((old?.assignments.map(\.name) ?? []) + new.assignments.map(\.name))
        return names.sorted().compactMap { name in
            let (before, after) = (old?.value(of: name), new.value(of: name))
            return before == after ? nil : AuditLog.Subject(name, before: before, after: after)
        }
    }
}
