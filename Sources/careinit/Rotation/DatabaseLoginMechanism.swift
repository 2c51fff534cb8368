/// Two logins at PostgreSQL: the idle one gets the new password and becomes the active one; the old one's sessions are seen to be
/// gone on every member before it can log in no more.
struct DatabaseLoginMechanism: SecretMechanism {
    let context: RotationContext
    /// Where it logs in to.
    let database: String
    /// What it is made with where it is not there yet, in the words of CREATE ROLE; nil where it always is.
    var creation: String?

    private var new: DatabaseRole {
        DatabaseRole(context: context, name: context.item.newLogin ?? "", password: context.target)
    }
    private var old: DatabaseRole {
        DatabaseRole(context: context, name: context.item.oldLogin ?? "", password: context.other)
    }

    func isStaged() throws -> Bool {
        try new.refusal(at: try new.leader(), database: database) == nil
    }

    func stage() throws { try new.enable(before: creation.map(new.creation) ?? "") }

    /// On every member, since any may become the primary, and reads go to standbys; these learn of it through the WAL.
    func prove() throws {
        for member in new.members {
            try context.wait("\(new.name) cannot log in to \(member.name)", fix: "careinit status") {
                try new.refusal(at: member, database: database)
            }
        }
    }

    func users() throws -> String? {
        let found = try old.members.compactMap { member -> String? in
            guard let count = try old.sessions(at: member) else {
                return "\(member.name) does not say who is logged in"
            }
            return count == 0 ? nil : "\(count) of \(old.name) on \(member.name)"
        }
        return found.isEmpty ? nil : found.joined(separator: ", ")
    }

    func isRetired() throws -> Bool { try !old.canLogIn() }

    func retire() throws { try old.disable() }
}
