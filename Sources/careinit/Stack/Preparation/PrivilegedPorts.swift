/// nginx' ports that only root may open. Root lets nginx keep the right to it; nobody else has it to give.
enum PrivilegedPorts {
    /// The first port that anybody may open (ip_unprivileged_port_start, ip(7)).
    static func firstOpenToAll() -> Int {
        let text = FileSystem.readText("/proc/sys/net/ipv4/ip_unprivileged_port_start") ?? ""
        return Int(text.filter(\.isNumber)) ?? 1024
    }

    /// - Parameters:
    ///   - settings: nginx' ports.
    ///   - isRoot: Whether root runs the stack.
    ///   - start: The first port that anybody may open.
    /// - Throws: exit code 77 where the stack's user is not root, and one of them is root's alone.
    static func require(_ settings: StackSettings, isRoot: Bool, from start: Int) throws(CommandFailure) {
        let ports = [("HTTP_PORT", settings.web.httpPort), ("HTTPS_PORT", settings.web.httpsPort)]
        let privileged = ports.filter { Int($0.1) < start }
        guard !isRoot, let lowest = privileged.map(\.1).min() else { return }
        throw CommandFailure(
            .notPermitted,
            "Ports that only root may open: \(privileged.map { "\($0.0)=\($0.1)" }.joined(separator: ", "))",
            why: "the stack runs as another user, and Linux keeps ports below \(start) for root",
            fix:
                "run careinit as root: every service then has a user of its own, and nginx, as www-data, keeps this one "
                + "right. Or let every user of the machine open such ports:\n"
                + "  echo net.ipv4.ip_unprivileged_port_start=\(lowest) | sudo tee /etc/sysctl.d/60-careinit-ports.conf\n"
                + "  sudo sysctl --system")
    }
}
