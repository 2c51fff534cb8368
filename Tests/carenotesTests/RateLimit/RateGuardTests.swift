import Secrets
import Testing

@testable import carenotes

/// Replicas over real sockets, their database away: what is counted is whoever asks, whatever becomes of it.
@Suite(.serialized)
struct RateGuardTests {
    private let redis: RedisServer

    init() throws {
        redis = try RedisServer()
        let cache = redis.cache()
        try PostgresTests.waitUntil { cache.ping(within: .seconds(1)) }
    }

    private func service(_ first: ScratchService? = nil, requests: Int = 5) throws -> ScratchService {
        try ScratchService { settings in
            settings.redis = redis.settings()
            settings.rateLimit = Settings.RateLimit(requests: requests, window: .seconds(3600))
            if let first {
                (settings.encryptionKey, settings.signingKey) = (
                    first.settings.encryptionKey, first.settings.signingKey
                )
            }
        }
    }

    /// Without an address it comes from this machine, past the proxy.
    private func ask(
        _ service: ScratchService, _ path: String = "/api/notes", token: String? = nil,
        from address: String? = "192.0.2.1"
    ) throws -> String {
        let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let forwarded = address.map { "X-Forwarded-For: \($0)\r\n" } ?? ""
        let head = "GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(forwarded)\(authorization)\r\n"
        return try service.exchange([head], staysOpen: true)
    }

    private func token(_ service: ScratchService, _ subject: String = PostgresTests.author.subjectID) -> String {
        let claims = AccessToken.Claims(
            issuer: service.settings.origin, subject: subject, organisation: PostgresTests.organisation,
            role: Role.carer.rawValue, id: "t", now: WallClock.seconds(), lifetime: 600)
        return AccessToken.mint(claims, key: service.settings.signingKey)
    }

    private func isRefused(_ reply: String) -> Bool {
        reply.hasPrefix("HTTP/1.1 429 ") && reply.contains(#""code":"rate-limited""#)
            && reply.contains("\r\nRetry-After: ") && reply.contains("\r\nRateLimit: \"default\";r=0;t=")
            && reply.contains("application/problem+json")
    }

    @Test func `each reply says what is left, and one too many on either replica is refused`() throws {
        let first = try service()
        let second = try service(first)
        let token = token(first)
        // The database is away: what is counted is that somebody asked. Redis is shared, unless the machine is so busy that
        // a call of it takes more than 35 ms.
        for (number, path) in ["/api/notes", "/api/nothing", "/api/residents"].enumerated() {
            let reply = try ask(number == 1 ? second : first, path, token: token)
            #expect(reply.contains("\r\nRateLimit-Policy: \"default\";q=5;w=3600\r\n"), "\(reply)")
            #expect(reply.contains("\r\nRateLimit: \"default\";r="), "\(reply)")
        }
        for _ in 0..<10 { _ = try ask(first, token: token) }
        #expect(isRefused(try ask(first, token: token)))
        try PostgresTests.waitUntil { isRefused(try ask(second, token: token)) }
    }

    @Test func `users do not pay for each other, nor for those who are not logged in at the same address`() throws
    {
        let service = try service()
        for _ in 0..<10 { _ = try ask(service) }
        #expect(isRefused(try ask(service)))
        #expect(isRefused(try ask(service, token: "no token")))
        #expect(!isRefused(try ask(service, token: token(service))))
        for _ in 0..<10 { _ = try ask(service, token: token(service), from: "192.0.2.2") }
        #expect(isRefused(try ask(service, token: token(service), from: "192.0.2.3")))
        #expect(!isRefused(try ask(service, token: token(service, PostgresTests.resident))))
        #expect(!isRefused(try ask(service, from: "192.0.2.4")))
    }

    @Test func `health and metrics are never refused, and say nothing of limits`() throws {
        let service = try service(requests: 1)
        for address in [nil, "192.0.2.1"] {
            for _ in 0..<5 { _ = try ask(service, from: address) }
            #expect(isRefused(try ask(service, from: address)))
        }
        for path in ["/api/health", "/api/health/live"] {
            let reply = try ask(service, path)
            #expect(reply.hasPrefix("HTTP/1.1 200") && !reply.contains("RateLimit"), "\(reply)")
        }
        for path in ["/api/health/circuits", "/api/health/detailed", "/api/metrics"] {
            let reply = try ask(service, path, from: nil)
            #expect(reply.hasPrefix("HTTP/1.1 200") && !reply.contains("RateLimit"), "\(reply)")
        }
    }

    @Test(arguments: [true, false])
    func `with Redis away requests are answered, and counted all the same`(isFrozen: Bool) throws {
        let service = try service()
        isFrozen ? redis.process.freeze() : redis.process.killAll()
        let replies = try (0..<12).map { _ in try ask(service) }
        #expect(replies.filter { $0.hasPrefix("HTTP/1.1 503") }.count == 5)
        #expect(replies.filter { isRefused($0) }.count == 7)
    }
}
