import EnvSchema
import Secrets

extension StackPlanner {
    /// Three Patroni members, each of which runs one PostgreSQL.
    func postgres() throws(TemplateFault) -> PlanPart {
        var part = PlanPart()
        for member in settings.database.members {
            part.services.append(service(of: member))
            part.folders += [data(member.name), run(member.name)].map { privateFolder($0, .postgres) }
            part.files += try files(of: member)
        }
        return part
    }

    /// All its files are named through the link, so that the same Patroni reads the next generation when it is told to.
    private func service(of member: StackSettings.Member) -> ServicePlan {
        let database = settings.database
        var service = service(
            member.name, title: "PostgreSQL member \(member.number)", .postgres,
            command: ["/bin/sh", inForce("\(member.name)/start.sh")],
            priority: StartOrder.database,
            listeners: [
                Listener(address: member.address, port: database.port, variable: "DB_PORT"),
                Listener(address: member.address, port: database.restPort, variable: "PATRONI_PORT"),
            ],
            health: .patroniMember(address: member.address, port: database.restPort))
        service.environment["PYTHONUNBUFFERED"] = "1"
        service.reloadSignal = "HUP"
        service.directory = data(member.name)
        service.stopTimeout = 60
        return service
    }

    private func files(of member: StackSettings.Member) throws(TemplateFault) -> [PlannedFile] {
        let folder = member.name
        var configuration = try patroniFile(of: member, patroni(member))
        configuration.startContents = try patroniFile(of: member, withoutReloaded(patroni(member))).contents
        let launcher =
            try writesLeaderBlindly ? [copy("\(folder)/launch.py", of: "patroni/launch.py", .postgres)] : []
        return launcher + [
            configuration,
            try file("\(folder)/start.sh", template: "patroni/start.sh", start(member), .postgres),
            try file(
                "\(folder)/post-init.sql", template: "patroni/post-init.sql", postInit, .postgres, secret: true
            ).untold,
            file("\(folder)/ca.pem", secrets.etcd.authorities, .postgres).takenWhileRunning,
            file("\(folder)/client.pem", secrets.etcd.client, .postgres).takenWhileRunning,
            file("\(folder)/client.key", secrets.etcd.clientKey, .postgres, secret: true).takenWhileRunning,
        ]
    }

    private func patroniFile(
        of member: StackSettings.Member, _ values: TemplateScope
    ) throws(TemplateFault) -> PlannedFile {
        try file(
            "\(member.name)/patroni.yml", template: "patroni/patroni.yml", values, .postgres, secret: true)
    }

    /// What Patroni takes anew on SIGHUP is left empty.
    private func withoutReloaded(_ values: TemplateScope) -> TemplateScope {
        var values = values
        for name in ["replicator", "replication_password", "rest_password"] { values[name] = .text("") }
        return values
    }

    /// Patroni has it from version 4 on.
    private var hasQuorumCommit: Bool { patroniVersion.major >= 4 }

    /// Whether a leader that stood still would take the lead back from its successor: launch.py says how.
    private var writesLeaderBlindly: Bool { patroniVersion < ProgramVersion(3, 0, 3) }

    private var patroniVersion: ProgramVersion { host.version(.patroni) ?? ProgramVersion(3) }

    private func pgdata(_ member: StackSettings.Member) -> String { "\(data(member.name))/pgdata" }

    private func start(_ member: StackSettings.Member) -> TemplateScope {
        [
            "ends_leader": .flag(!hasQuorumCommit),
            "data_folder": .text(pgdata(member)),
            "pg_ctl": .text("\(host.postgresFolder)/pg_ctl"),
            "writes_leader_blindly": .flag(writesLeaderBlindly),
            "launcher": .text(inForce("\(member.name)/launch.py")),
            "patroni": .text(host.path(.patroni)),
            "configuration": .text(inForce("\(member.name)/patroni.yml")),
        ]
    }

    private func patroni(_ member: StackSettings.Member) -> TemplateScope {
        let database = settings.database
        let folder = member.name
        return [
            "name": .text(member.name),
            "rest_address": .text(Address.withPort(member.address, database.restPort)),
            "rest_password": .text(secrets.patroniPassword),
            "etcd_address": .text(etcdAddress),
            "authority": .text(inForce("\(folder)/ca.pem")),
            "client_certificate": .text(inForce("\(folder)/client.pem")),
            "client_key": .text(inForce("\(folder)/client.key")),
            // Patroni 3 reads `quorum` as off, without a word.
            "synchronous_mode": .text(hasQuorumCommit ? "quorum" : "true"),
            "max_connections": .number(database.maximumConnections),
            "post_init": .text(postInitCommand(folder)),
            "postgres_address": .text(Address.withPort(member.address, database.port)),
            "data_folder": .text(pgdata(member)),
            "program_folder": .text(host.postgresFolder),
            "passfile": .text("\(data(folder))/pgpass"),
            "superuser_account": .text("superuser \"\(host.postgresAccount)\" postgres"),
            "replicator": .text(overlap.replicator),
            "replication_password": .text(database.replicationPassword),
            "socket_folder": .text(run(folder)),
            "replicators": .list(replicatorLines),
            "monitors": .list(monitorLines),
            "logins": .list(loginLines),
        ]
    }

    /// Patroni splits it as a shell would, and appends the connection string.
    private func postInitCommand(_ folder: String) -> String {
        let file = inForce("\(folder)/post-init.sql")
        let words = ["\(host.postgresFolder)/psql", "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-f", file, "-d"]
        return words.map { Splice.word.write($0) ?? $0 }.joined(separator: " ")
    }

    private var roles: DatabaseRoles { DatabaseRoles(activeLogin: settings.database.login) }

    /// The lines of pg_hba.conf for the standbys.
    private var replicatorLines: [TemplateScope] {
        Replicators.all.flatMap { login in
            [["line": .text("local replication \(login) scram-sha-256")]]
                + clientNetworks.flatMap { network in
                    // pg_rewind asks in a database.
                    ["replication", "postgres"].map {
                        ["line": .text("host \($0) \(login) \(network) scram-sha-256")]
                    }
                }
        }
    }

    /// The lines of pg_hba.conf for the exporters.
    private var monitorLines: [TemplateScope] {
        let monitors = DatabaseRoles(activeLogin: secrets.monitorLogin)
        return [monitors.activeLogin, monitors.otherLogin].sorted().flatMap { login in
            clientNetworks.map { ["line": .text("host postgres \(login) \($0) scram-sha-256")] }
        }
    }

    /// The lines of pg_hba.conf for carenotes' logins.
    private var loginLines: [TemplateScope] {
        // In the same order whichever is active.
        [roles.activeLogin, roles.otherLogin].sorted().flatMap { login in
            clientNetworks.map { network in
                ["line": .text("host \"\(settings.database.name)\" \"\(login)\" \(network) scram-sha-256")]
            }
        }
    }

    private var postInit: TemplateScope {
        [
            "monitor": .text(secrets.monitorLogin),
            "monitor_verifier": .text(verifiers.monitor),
            "owner": .text(roles.owner),
            "application": .text(roles.application),
            "active_login": .text(roles.activeLogin),
            "active_verifier": .text(verifiers.login),
            "other_login": .text(roles.otherLogin),
            "database": .text(settings.database.name),
        ]
    }
}
