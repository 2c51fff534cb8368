/// One step of the schema. What was once released never changes: a correction is a new step.
///
/// Old and new replicas run side by side during a deploy, so a step only adds what the older ones can ignore.
struct Migration: Sendable {
    let number: Int
    let name: String
    let sql: String

    /// In the order of their numbers.
    static let all = [notes, accounts]
}
