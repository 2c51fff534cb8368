import Secrets

/// carenotes' two users of Redis. Redis is given both with the generation that admits them.
struct CacheLoginMechanism: SecretMechanism {
    let context: RotationContext

    func prove() throws {
        let redis = try context.service("redis")
        guard let listener = redis.listeners.first else { return }
        let result = RedisProbe.logIn(
            address: listener.address, port: listener.port, user: context.item.newLogin ?? "",
            password: context.target)
        guard let reason = result.reason else { return }
        throw CommandFailure(
            .unavailable, "\(context.item.newLogin ?? "the new user") cannot log in to Redis",
            place: context.item.name,
            why: reason, fix: "careinit rotate-secrets --resume, or --rollback")
    }

    func users() throws -> String? {
        let user = context.item.oldLogin ?? ""
        let count = try RedisAccess(try context.service("redis")).clients(of: user)
        return count == 0 ? nil : "\(count) connections of \(user)"
    }

    func isRetired() throws -> Bool {
        try RedisAccess(try context.service("redis")).isOff(context.item.oldLogin ?? "")
    }

    func retire() throws { try RedisAccess(try context.service("redis")).remove(context.item.oldLogin ?? "") }
}
