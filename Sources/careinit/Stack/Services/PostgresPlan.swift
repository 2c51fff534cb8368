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

    private func service(of member: StackSettings.Member) -> ServicePlan {
        let database = settings.database
        var service = service(
            member.name, title: "PostgreSQL member \(member.number)", .postgres,
            command: ["/bin/sh", generated("\(member.name)/start.sh")],
            priority: StartOrder.database,
            listeners: [
                Listener(address: member.address, port: database.port, variable: "DB_PORT"),
                Listener(address: member.address, port: database.restPort, variable: "PATRONI_PORT"),
            ],
            health: .patroniMember(address: member.address, port: database.restPort))
        service.environment["PYTHONUNBUFFERED"] = "1"
        service.directory = data(member.name)
        service.stopTimeout = 60
        return service
    }

    private func files(of member: StackSettings.Member) throws(TemplateFault) -> [PlannedFile] {
        let folder = member.name
        let superuser = "*:*:*:postgres:\(secrets.superuserPassword)\n"
        return [
            try file(
                "\(folder)/patroni.yml", template: "patroni/patroni.yml", patroni(member), .postgres, secret: true),
            try file("\(folder)/start.sh", template: "patroni/start.sh", start(member), .postgres),
            try file(
                "\(folder)/post-init.sql", template: "patroni/post-init.sql", postInit, .postgres, secret: true),
            file("\(folder)/ca.pem", secrets.etcd.authority, .postgres),
            file("\(folder)/client.pem", secrets.etcd.client, .postgres),
            file("\(folder)/client.key", secrets.etcd.clientKey, .postgres, secret: true),
            file("\(folder)/superuser.pgpass", Array(superuser.utf8), .postgres, secret: true),
        ]
    }

    /// Patroni has it from version 4 on.
    private var hasQuorumCommit: Bool { (host.version(.patroni) ?? ProgramVersion(3)).major >= 4 }

    private func pgdata(_ member: StackSettings.Member) -> String { "\(data(member.name))/pgdata" }

    private func start(_ member: StackSettings.Member) -> TemplateScope {
        [
            "ends_leader": .flag(!hasQuorumCommit),
            "data_folder": .text(pgdata(member)),
            "pg_ctl": .text("\(host.postgresFolder)/pg_ctl"),
            "patroni": .text(host.path(.patroni)),
            "configuration": .text(generated("\(member.name)/patroni.yml")),
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
            "authority": .text(generated("\(folder)/ca.pem")),
            "client_certificate": .text(generated("\(folder)/client.pem")),
            "client_key": .text(generated("\(folder)/client.key")),
            // Patroni 3 reads `quorum` as off, without a word.
            "synchronous_mode": .text(hasQuorumCommit ? "quorum" : "true"),
            "max_connections": .number(database.maximumConnections),
            "post_init": .text(postInitCommand(folder)),
            "postgres_address": .text(Address.withPort(member.address, database.port)),
            "data_folder": .text(pgdata(member)),
            "program_folder": .text(host.postgresFolder),
            "passfile": .text("\(data(folder))/pgpass"),
            "superuser_password": .text(secrets.superuserPassword),
            "replication_password": .text(database.replicationPassword),
            "rewind_password": .text(secrets.rewindPassword),
            "socket_folder": .text(run(folder)),
            "logins": .list(loginLines),
        ]
    }

    /// Patroni splits it as a shell would, and appends the connection string.
    private func postInitCommand(_ folder: String) -> String {
        let file = generated("\(folder)/post-init.sql")
        let words = ["\(host.postgresFolder)/psql", "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-f", file, "-d"]
        return words.map { Splice.word.write($0) ?? $0 }.joined(separator: " ")
    }

    private var roles: DatabaseRoles { DatabaseRoles(activeLogin: settings.database.login) }

    /// The lines of pg_hba.conf for carenotes' logins, from this machine only.
    private var loginLines: [TemplateScope] {
        [roles.activeLogin, roles.otherLogin].map { login in
            let start = "host \"\(settings.database.name)\" \"\(login)\""
            return [
                "line_loopback": .text("\(start) 127.0.0.0/8 scram-sha-256"),
                "line_samehost": .text("\(start) samehost scram-sha-256"),
            ]
        }
    }

    private var postInit: TemplateScope {
        [
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
