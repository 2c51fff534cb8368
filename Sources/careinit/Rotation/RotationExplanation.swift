/// `careinit rotate-secrets --explain`: what happens to one secret.
struct RotationExplanation {
    let secret: RotatableSecret

    var lines: [String] {
        [
            secret.name, "  What happens: \(happening)", "  Touched:      \(touched)", "  Undone by:    \(undone)",
            "  Takes:        \(time)", "",
        ]
    }

    private var happening: String {
        switch secret.kind {
        case .databaseLogin:
            "the idle one of two logins at PostgreSQL gets a new password, is tried on all members and becomes the active"
                + " one; once no session of the other is left on any member, that one can log in no more"
        case .replicator:
            "the idle one of two replication roles gets a new password; each member follows with it, one after the other;"
                + " then the other role can log in no more"
        case .cacheLogin:
            "Redis gets a second user; once no connection of the first is left, that one is removed"
        case .signingKey:
            "all replicas come to accept the new key, then to sign with it; the old one is accepted until every token"
                + " of it has expired (24 hours)"
        case .refreshKey:
            "all replicas come to accept the new key, then to sign with it; the old one is accepted for"
                + " JWT_REFRESH_EXPIRES_IN, so that nobody has to log in again"
        case .encryptionKey:
            "all replicas come to read with both keys and write with the new one; what is stored is encrypted anew; the"
                + " old key is kept until you say that no backup needs it"
        case .grafana: "Grafana is told the new password over its own API, and the new one is tried"
        case .given: "the value that you give is tried at its provider where careinit can, and put into .env"
        case .plain: ".env gets a new value, and the services that read it are told"
        case .ofStack(let secret): happening(secret)
        case .serverKey:
            "nginx comes to serve another key and a certificate for the same names, signed as the present one is; not by"
                + " --all or --older-than, since whoever trusts a self-signed certificate must be told of the new one"
        }
    }

    private var touched: String {
        switch secret.kind {
        case .databaseLogin:
            "DB_USERNAME and DB_PASSWORD in .env, two roles of PostgreSQL, app-1 to app-3 (not restarted)"
        case .replicator: "REPLICATION_PASSWORD in .env, two roles of PostgreSQL, pg-1 to pg-3 (not restarted)"
        case .cacheLogin:
            "REDIS_USERNAME and REDIS_PASSWORD in .env, the users of Redis, app-1 to app-3 (none is restarted)"
        case .signingKey, .refreshKey: "\(secret.name) in .env, app-1 to app-3 (not restarted)"
        case .encryptionKey: "ENCRYPTION_KEY in .env, app-1 to app-3 (not restarted), every stored note"
        case .grafana: "GRAFANA_ADMIN_PASSWORD in .env, the account in Grafana"
        case .given: "\(secret.name) in .env, Alertmanager (restarted)"
        case .plain: "\(secret.name) in .env, and the services that read it"
        case .ofStack(let secret): touched(secret)
        case .serverKey: "the files that TLS_CERT_PATH and TLS_KEY_PATH name, nginx (not restarted)"
        }
    }

    private var undone: String {
        switch secret.kind {
        case .databaseLogin, .replicator, .cacheLogin, .ofStack(.monitor):
            "--rollback, until the old login has ended"
        case .ofStack(.etcd): "--rollback, until the old authority is trusted no more"
        case .signingKey, .refreshKey: "--rollback, until the old key has ended"
        case .encryptionKey: "--rollback, which encrypts everything with the old key again"
        case .grafana, .given, .plain, .ofStack, .serverKey:
            "--rollback, until the command has ended; then by rotating again"
        }
    }

    private var time: String {
        switch secret.kind {
        case .databaseLogin, .replicator, .cacheLogin, .ofStack(.monitor), .ofStack(.etcd): "under a minute"
        case .signingKey: "under a minute, and 24 hours until --due can end the old one"
        case .refreshKey: "under a minute, and JWT_REFRESH_EXPIRES_IN until --due can end the old one"
        case .encryptionKey: "as long as it takes to write every note anew; it may be interrupted"
        case .grafana, .given, .plain, .ofStack, .serverKey: "seconds"
        }
    }

    // MARK: - The stack's own

    private func happening(_ secret: InternalSecret) -> String {
        switch secret {
        case .monitor:
            "the idle one of two monitoring roles at PostgreSQL gets a new password, and Redis takes both; the exporters"
                + " log in with it; then the other role can log in no more"
        case .patroni: "the members of the database take a new password for commands among themselves"
        case .redis: "Redis takes two passwords for careinit's own user, and then only the new one"
        case .etcd:
            "etcd and its clients come to trust another authority, too, then use certificates of it, and then trust no"
                + " other; the old authority's key is removed"
        }
    }

    private func touched(_ secret: InternalSecret) -> String {
        switch secret {
        case .monitor: "two roles of PostgreSQL, a user of Redis, the exporters (restarted)"
        case .patroni: "pg-1 to pg-3 (not restarted)"
        case .redis: "a user of Redis (not restarted)"
        case .etcd: "etcd (restarted three times, for about a second each), pg-1 to pg-3 (not restarted)"
        }
    }
}
