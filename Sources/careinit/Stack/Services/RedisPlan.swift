import Secrets

extension StackPlanner {
    /// The Redis user with which careinit itself asks.
    static let redisAdministrator = "careinit"

    func redis() throws(TemplateFault) -> PlanPart {
        let redis = settings.redis
        let configuration: TemplateScope = [
            "address": .text(redis.address),
            "port": .number(redis.port),
            "data_folder": .text(data("redis")),
            "users_file": .text(inForce("redis/users.acl")),
        ]
        let users: TemplateScope = [
            "clients": .list(
                cacheLogins.map {
                    ["username": .text($0.name), "password_hash": .text(Self.redisHash($0.password))]
                }),
            "admin_hashes": .list(Self.hashes([secrets.redisPassword] + overlap.administratorPasswords)),
            "has_exporter": .flag(hasRedisExporter),
            "monitor_hashes": .list(Self.hashes([secrets.monitorPassword] + overlap.monitorPasswords)),
        ]
        let files = [
            try file("redis/redis.conf", template: "redis/redis.conf", configuration, .redis),
            try file("redis/users.acl", template: "redis/users.acl", users, .redis, secret: true)
                .takenWhileRunning,
            file("redis/admin.password", Array(secrets.redisPassword.utf8), .redis, secret: true)
                .takenWhileRunning,
        ]
        var service = service(
            "redis", title: "Redis", .redis, command: [host.path(.redis), inForce("redis/redis.conf")],
            priority: StartOrder.stores,
            listeners: [Listener(address: redis.address, port: redis.port, variable: "REDIS_PORT")],
            health: .redis(
                address: redis.address, port: redis.port, passwordFile: onHost("redis/admin.password"),
                user: Self.redisAdministrator))
        service.usersFile = onHost("redis/users.acl")
        return PlanPart(services: [service], folders: [privateFolder(data("redis"), .redis)], files: files)
    }

    /// carenotes' own login, and while it is being changed the other one.
    private var cacheLogins: [SecretOverlap.Login] {
        let redis = settings.redis
        return ([.init(name: redis.username, password: redis.password)] + overlap.cacheLogins)
            .sorted { $0.name < $1.name }
    }

    /// Each of the passwords is good.
    private static func hashes(_ passwords: [String]) -> [TemplateScope] {
        passwords.map(redisHash).sorted().map { ["hash": .text($0)] }
    }

    /// How an aclfile names a password (ACL SETUSER): the SHA-256 of it.
    private static func redisHash(_ password: String) -> String {
        Digest.sha256Hex(Array(password.utf8))
    }
}
