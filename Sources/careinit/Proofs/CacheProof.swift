/// The password logs in at the Redis that runs.
struct CacheProof {
    var redis: ServicePlan
    var user: String
    var password: String

    func run(_ log: inout ProofLog) throws(ProofStop) {
        guard let listener = redis.listeners.first else { throw .skipped("Redis listens nowhere") }
        let place = Address.withPort(listener.address, listener.port)
        let result = RedisProbe.logIn(
            address: listener.address, port: listener.port, user: user, password: password)
        guard let reason = result.reason else { return try log.passed("login", "\(user) at \(place)") }
        guard reason.contains("WRONGPASS") || reason.contains("NOAUTH") else {
            throw .failed("login", "\(place): \(reason)", fix: "careinit status shows what does not run")
        }
        // Redis is given its password anew at every start.
        throw .warning(
            ProofProblem(
                layer: "login", reason: "Redis at \(place) was started with another password or user",
                fix: "careinit up restarts Redis with the one in .env"))
    }
}
