/// careinit's own user of Redis, which has two passwords while one goes over to the other.
struct CacheAdministratorMechanism: SecretMechanism {
    let context: RotationContext

    func prove() throws {
        let redis = try context.service("redis")
        guard case .redis(let address, let port, _, let user) = redis.health else { return }
        let result = RedisProbe.logIn(address: address, port: port, user: user, password: context.target)
        guard let reason = result.reason else { return }
        throw CommandFailure(
            .unavailable, "\(user) cannot log in to Redis", place: context.item.name, why: reason,
            fix: "careinit rotate-secrets --resume, or --rollback")
    }
}
