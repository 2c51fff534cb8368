/// How the authority is to find out that the host is ours: through the nginx that runs, or by certbot's own server where
/// nothing listens yet.
struct ChallengeChoice {
    var web: StackSettings.Web
    var host: String
    /// certbot's webroot.
    var folder: String
    var environmentFile: String
    /// Whether certbot's own server was asked for.
    var isStandalone: Bool

    /// - Throws: exit code 69 where somebody else has the port, 77 where only root may have it.
    func challenge() throws(CommandFailure) -> CertbotCommand.Challenge {
        let probe = ChallengeProbe(
            folder: folder, address: web.address == "0.0.0.0" ? "127.0.0.1" : web.address, port: web.httpPort,
            host: host)
        if !isStandalone, try probe.isServed() { return .webroot(folder) }
        let listener = Listener(address: web.address, port: web.httpPort, variable: "HTTP_PORT")
        let certbot = ServicePlan(
            name: "certbot", title: "certbot", command: ["certbot"], priority: 0, logFile: "",
            listeners: [listener], health: .listening)
        if let conflict = PortCheck.conflicts(in: [certbot]).first { throw failure(conflict) }
        return .standalone(address: web.address, port: web.httpPort)
    }

    private func failure(_ conflict: PortCheck.Conflict) -> CommandFailure {
        CommandFailure(
            conflict.cause == .privileged ? .notPermitted : .unavailable,
            "The authority cannot be answered on port \(web.httpPort)", place: environmentFile, why: conflict.line,
            fix: fix(conflict.cause))
    }

    private func fix(_ cause: PortCheck.Cause) -> String {
        switch cause {
        case .privileged:
            "sysctl -w net.ipv4.ip_unprivileged_port_start=\(web.httpPort), which nginx needs, too; or use sudo"
        case .noSuchAddress: "set PUBLIC_ADDRESS to an address of this machine, or to 0.0.0.0"
        case .inUse where isStandalone:
            "leave --standalone away where the stack runs, else stop what holds the port"
        case .inUse, .wantedTwice, .other:
            "careinit up, if that is this stack's nginx: it serves certbot's answers; else stop what holds the port"
        }
    }
}
