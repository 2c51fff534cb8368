import EnvSchema

/// Everything that answers may come from, read before the first question.
struct AnswerInputs: Sendable {
    var profile: Profile = .production
    /// From `--set`.
    var set: [String: String] = [:]
    /// From the answers file.
    var answers: [String: String] = [:]
    var existing: EnvDocument?
    /// One new secret for each variable that can be generated; only those that are needed are used.
    var generated: [String: String] = [:]
    /// Free ports in place of those that are held, by variable; for the local profile.
    var freePorts: [String: FreePort] = [:]
    /// Whether the state folder holds data that `binds=data` secrets belong to.
    var holdsData = false
}

struct FreePort: Sendable, Equatable {
    var port: UInt16
    /// The port of the template, which somebody else holds.
    var held: UInt16
}
