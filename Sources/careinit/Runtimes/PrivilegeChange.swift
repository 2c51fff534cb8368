/// How root starts a program as an ordinary user who keeps at most one of root's rights: setpriv(1) of util-linux, which
/// every Debian has.
enum PrivilegeChange {
    static let program = "/usr/bin/setpriv"

    /// The words in front of a program that runs as a user and group, by name or number.
    ///
    /// With a capability, that one is ambient (capabilities(7)): it outlives execve(2) without a file capability on the
    /// program, and the bounding set and no_new_privs see to it that no other can ever come back.
    ///
    /// - Parameters:
    ///   - user: The user that the program becomes; its groups are set too.
    ///   - group: Its first group.
    ///   - capability: The right that it keeps, such as `net_bind_service`; nil: none.
    /// - Returns: argv up to and with `--`.
    static func words(user: String, group: String, keeping capability: String? = nil) -> [String] {
        let rights = capability.map { name in
            ["--inh-caps", "--ambient-caps", "--bounding-set"].flatMap { [$0, "-all,+\(name)"] } + [
                "--no-new-privs"
            ]
        }
        return [program, "--reuid", user, "--regid", group, "--init-groups"] + (rights ?? []) + ["--"]
    }
}

extension ServicePlan {
    /// argv as root starts it: with the change of user in front where a capability must outlive it.
    ///
    /// Debian's packages name a service's group after its user.
    var startCommand: [String] {
        guard let user, let capability else { return command }
        return PrivilegeChange.words(user: user, group: user, keeping: capability) + command
    }
}
