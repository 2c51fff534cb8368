import Secrets
import Testing

@testable import carenotes

@Suite(.serialized)
struct RateLimiterTests {
    private let server: RedisServer
    private let key = SecretBytes([UInt8](repeating: 7, count: 32))
    private let policy = Settings.RateLimit(requests: 20, window: .seconds(3600))

    init() throws {
        server = try RedisServer()
        let cache = server.cache()
        try PostgresTests.waitUntil { cache.ping(within: .seconds(1)) }
    }

    private func limiter() -> RateLimiter { RateLimiter(policy, cache: server.patientCache(), encryptionKey: key) }

    private func request(token: Identity? = nil, from address: String = "192.0.2.1") -> Request {
        var request = Request(method: .get, route: .notes, id: "r")
        request.headers.append("X-Forwarded-For", address)
        request.identity = token
        return request
    }

    @Test func `replicas count together, and no request gets in twice`() {
        let replicas = (0..<3).map { _ in limiter() }
        let caller = replicas[0].caller(request())
        let quotas = inParallel(12) { thread in (0..<5).map { _ in replicas[thread % 3].count(caller) } }.flatMap(
            \.self)
        #expect(quotas.filter { !$0.isExceeded }.map(\.left).sorted() == Array(0..<20))
        #expect(replicas.map(\.countedAlone) == [0, 0, 0])
    }

    @Test func `whoever used the quota up is refused without Redis until its window ends`() throws {
        let limiter = limiter()
        let caller = limiter.caller(request())
        #expect(limiter.refusal(of: caller) == nil)
        for _ in 0..<20 { #expect(!limiter.count(caller).isExceeded) }
        let last = limiter.count(caller)
        let now = MonotonicClock.nanoseconds()
        let refusal = try #require(limiter.refusal(of: caller, at: now))
        #expect(refusal.isExceeded && refusal.seconds <= last.seconds)
        #expect(limiter.refusal(of: caller, at: now + 3_601_000_000_000) == nil)
        #expect(limiter.refusal(of: caller, at: now) == nil)
    }

    @Test func `users are counted by themselves wherever they are, others by their address`() {
        let limiter = limiter()
        let other = Identity(
            organisationID: PostgresTests.author.organisationID, subjectID: PostgresTests.resident, role: .admin)
        let here = limiter.caller(request(token: PostgresTests.author))
        #expect(here == limiter.caller(request(token: PostgresTests.author, from: "192.0.2.2")))
        let callers = [
            here, limiter.caller(request(token: other)), limiter.caller(request()),
            limiter.caller(request(from: "192.0.2.2")),
        ]
        #expect(Set(callers).count == 4)
    }

    @Test func `Redis learns neither ids nor addresses, and forgets`() throws {
        let limiter = limiter()
        _ = limiter.count(limiter.caller(request(token: PostgresTests.author)))
        _ = limiter.count(limiter.caller(request()))
        let keys = try server.command("--scan").split(separator: "\n").map(String.init)
        #expect(keys.count == 2)
        for key in keys {
            #expect(key.hasPrefix("carenotes:rate:") && !key.contains("192.0.2"))
            #expect(!key.contains(PostgresTests.author.subjectID) && !key.contains(PostgresTests.organisation))
            let time = try #require(Int(try server.command("PTTL", key)))
            #expect((1...3_600_000).contains(time))
        }
    }

    @Test(arguments: [true, false])
    func `without Redis each replica counts by itself`(isFrozen: Bool) {
        let limiter = RateLimiter(policy, cache: server.cache(), encryptionKey: key)
        isFrozen ? server.process.freeze() : server.process.killAll()
        let caller = limiter.caller(request())
        let quotas = (0..<30).map { _ in limiter.count(caller) }
        #expect(quotas.filter { !$0.isExceeded }.count == 20)
        #expect(limiter.countedAlone == 30)
    }
}
