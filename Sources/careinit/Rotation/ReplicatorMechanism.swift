/// The role that standbys follow the primary with: like carenotes' logins there are two, so that at no time a standby that has to
/// connect anew is refused.
struct ReplicatorMechanism: SecretMechanism {
    let context: RotationContext

    private var new: DatabaseRole {
        DatabaseRole(context: context, name: context.item.newLogin ?? "", password: context.target)
    }
    private var old: DatabaseRole {
        DatabaseRole(context: context, name: context.item.oldLogin ?? "", password: context.other)
    }

    func isStaged() throws -> Bool {
        // Which role a password belongs to is remembered before the settings can name that password.
        try remember()
        return try new.refusal(at: try new.leader(), database: "postgres", replication: true) == nil
    }

    func stage() throws {
        var role = new
        role.attributes = "REPLICATION"
        try role.enable(before: [role.creation(""), rewinding].joined(separator: "\n"))
    }

    /// What pg_rewind needs of a role that is no superuser (pg_rewind, Notes).
    private var rewinding: String {
        let functions = [
            "pg_ls_dir(text, boolean, boolean)", "pg_stat_file(text, boolean)", "pg_read_binary_file(text)",
            "pg_read_binary_file(text, bigint, bigint, boolean)",
        ]
        let names = functions.map { "pg_catalog.\($0)" }.joined(separator: ", ")
        return "GRANT EXECUTE ON FUNCTION \(names) TO \(DatabaseRole.identifier(new.name));"
    }

    private func remember() throws {
        let salt = InternalSecretsStore(project: context.project).salt ?? ""
        try ReplicatorRecord(project: context.project, salt: salt)
            .remember([context.target: new.name, context.other: old.name])
    }

    /// On every member: each may come to be the one that is followed.
    func prove() throws {
        for member in new.members {
            try context.wait("\(new.name) cannot follow \(member.name)", fix: "careinit status") {
                try new.refusal(at: member, database: "postgres", replication: true)
            }
        }
    }

    /// Both standbys stream, with the new role.
    func users() throws -> String? {
        let leader = try old.leader()
        guard let rest = try old.sessions(at: leader), let followers = try new.sessions(at: leader) else {
            return "\(leader.name) does not say who follows"
        }
        guard rest == 0 else { return "\(rest) standbys follow as \(old.name)" }
        let wanted = new.members.count - 1
        return followers >= wanted ? nil : "\(followers) of \(wanted) standbys follow as \(new.name)"
    }

    /// Patroni has written where the standbys connect to; a connection that stands keeps the old role until it is made anew. One
    /// standby at a time: the other acknowledges what is written meanwhile.
    func drain() throws {
        let leader = try old.leader()
        for standby in old.members where standby.name != leader.name {
            guard try follows(standby, leader) != new.name else { continue }
            let output = try context.runtime.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_replication \
                WHERE application_name = \(DatabaseRole.literal(standby.name)) AND usename = \
                \(DatabaseRole.literal(old.name))
                """, on: leader)
            guard output.succeeded else { continue }
            try context.wait(
                "\(standby.name) does not follow as \(new.name)", fix: "careinit logs \(standby.name)"
            ) {
                let role = try follows(standby, leader)
                return role == new.name ? nil : role.map { "it follows as \($0)" } ?? "it does not stream"
            }
        }
    }

    /// As whom a standby streams; nil where it does not.
    private func follows(_ standby: ServicePlan, _ leader: ServicePlan) throws -> String? {
        let output = try context.runtime.query(
            """
            SELECT usename FROM pg_stat_replication WHERE state = 'streaming' AND application_name = \
            \(DatabaseRole.literal(standby.name))
            """, on: leader)
        return output.text.split(separator: "\n").first.map(String.init)
    }

    func isRetired() throws -> Bool { try !old.canLogIn() }

    func retire() throws { try old.disable() }
}
