/// One step of the schema. What was once released never changes: a correction is a new step.
///
/// Old and new replicas run side by side during a deploy, so a step only adds what the older ones can ignore. A step
/// that changes rows of a table under row-level security takes the force off that table first, and puts it on again: the
/// policies hold for the owner, too, who sees no row of any organisation otherwise.
struct Migration: Sendable {
    let number: Int
    let name: String
    let sql: String
    /// What the application role may do with what the step made. Given anew at every start, so that a role that came
    /// later than the tables has it, too. What is not named here is denied.
    var grants: [Grant] = []

    struct Grant: Sendable {
        /// As in GRANT, such as `SELECT, INSERT`.
        var privileges: String
        /// As in GRANT, such as `carenotes.notes`.
        var object: String

        init(_ privileges: String, on object: String) {
            self.privileges = privileges
            self.object = object
        }
    }

    /// In the order of their numbers.
    static let all = [notes, records, accounts, audit, reencryption]
}
