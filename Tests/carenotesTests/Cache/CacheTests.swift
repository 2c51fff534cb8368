import Testing

@testable import carenotes

@Suite(.serialized)
struct CacheTests {
    let server: RedisServer

    init() throws {
        server = try RedisServer()
        let cache = server.cache()
        try PostgresTests.waitUntil { cache.ping(within: .seconds(1)) }
    }

    @Test func `gives back what it was given, until its time is over`() throws {
        let cache = server.cache()
        let value: [UInt8] = [0, 13, 10, 255]
        #expect(cache.value(of: "a") == nil)
        #expect(cache.store(value, as: "a", for: .seconds(60)))
        #expect(cache.value(of: "a") == value)
        #expect(cache.store([], as: "empty", for: .seconds(60)))
        #expect(cache.value(of: "empty") == [])
        #expect(cache.store(value, as: "short", for: .milliseconds(1)))
        try PostgresTests.waitUntil { cache.value(of: "short") == nil }
        #expect(cache.statistics.failures == 0)
    }

    @Test func `a wrong password is a failure in Redis' words, and not in ours`() {
        let cache = server.cache(password: "wrong-password")
        #expect(!cache.ping(within: .seconds(1)))
        #expect(cache.statistics.lastFailure?.hasPrefix("WRONGPASS") == true)
        #expect(cache.statistics.lastFailure?.contains("wrong-password") == false)
    }

    @Test func `a frozen Redis opens the circuit, and a ping closes it again`() {
        let cache = server.cache(threshold: 2)
        #expect(cache.store([1], as: "a", for: .seconds(60)))
        server.process.freeze()
        #expect(cache.value(of: "a") == nil)
        #expect(cache.value(of: "a") == nil)
        #expect(cache.circuits.map { $0.state(at: .now) } == [.open])
        let failures = cache.statistics.failures
        #expect(cache.value(of: "a") == nil && !cache.store([1], as: "a", for: .seconds(1)))
        #expect(cache.statistics.failures == failures)
        server.process.thaw()
        #expect(cache.ping(within: .seconds(1)))
        #expect(cache.value(of: "a") == [1])
    }

    @Test func `a killed Redis answers nothing, and fails no caller`() {
        let cache = server.cache()
        #expect(cache.store([1], as: "a", for: .seconds(60)))
        server.process.killAll()
        #expect(cache.value(of: "a") == nil && !cache.ping(within: .seconds(1)))
        #expect(cache.statistics.lastFailure?.contains("refused") == true)
    }
}
