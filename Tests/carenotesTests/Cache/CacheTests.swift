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

    private func value(_ key: String, in cache: Cache) -> RedisConnection.Reply? {
        cache.ask([Cache.get(key)], within: cache.limits.asking)?.first
    }

    private func store(_ value: [UInt8], as key: String, for time: Duration, in cache: Cache) -> Bool {
        cache.ask([Cache.set(key, value, for: time)], within: cache.limits.asking) != nil
    }

    @Test func `gives back what it was given, until its time is over`() throws {
        let cache = server.patientCache()
        let bytes: [UInt8] = [0, 13, 10, 255]
        #expect(value("a", in: cache) == RedisConnection.Reply.none)
        #expect(store(bytes, as: "a", for: .seconds(60), in: cache))
        #expect(value("a", in: cache) == .bytes(bytes))
        #expect(store([], as: "empty", for: .seconds(60), in: cache))
        #expect(value("empty", in: cache) == .bytes([]))
        #expect(store(bytes, as: "short", for: .milliseconds(1), in: cache))
        try PostgresTests.waitUntil { value("short", in: cache) == RedisConnection.Reply.none }
        #expect(cache.statistics.failures == 0)
    }

    @Test func `several commands cost one call, and answer in order, however long they are`() {
        let cache = server.patientCache()
        let long = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) }
        let replies = cache.ask(
            [
                Cache.increment("n"), Cache.set("long", long, for: .seconds(60)), Cache.get("long"),
                Cache.increment("n"), Cache.expire("n", in: .seconds(1)),
            ], within: .seconds(10))
        #expect(replies == [.integer(1), .bytes(Array("OK".utf8)), .bytes(long), .integer(2), .integer(1)])
    }

    @Test(arguments: [
        ["KEYS", "*"], ["GET", "other:a"], ["EVAL", "return 1", "0"], ["DEL", "carenotes:a"], ["FLUSHALL"],
        ["CONFIG", "GET", "*"],
    ])
    func `its user may do nothing but what it does`(words: [String]) {
        let cache = server.patientCache()
        #expect(cache.ask([words.map { Array($0.utf8) }], within: .seconds(10)) == nil)
        #expect(cache.statistics.lastFailure?.hasPrefix("NOPERM") == true, "\(cache.statistics)")
    }

    @Test func `a wrong password is a failure in Redis' words, and not in ours`() {
        let cache = server.cache(password: "wrong-password")
        #expect(!cache.ping(within: .seconds(1)))
        #expect(cache.statistics.lastFailure?.hasPrefix("WRONGPASS") == true)
        #expect(cache.statistics.lastFailure?.contains("wrong-password") == false)
    }

    @Test func `a frozen Redis opens the circuit, and two calls that go well close it again`() throws {
        let cache = server.cache(threshold: 2)
        #expect(cache.ask([Cache.increment("n")], within: .seconds(10)) == [.integer(1)])
        server.process.freeze()
        #expect(value("n", in: cache) == nil)
        #expect(value("n", in: cache) == nil)
        #expect(cache.circuits.map(\.failuresInARow) == [2])
        #expect(cache.circuits.map { $0.state(at: .now) } != [.closed])
        server.process.thaw()
        try PostgresTests.waitUntil {
            _ = cache.ask([Cache.get("n")], within: .seconds(1))
            return cache.circuits.map { $0.state(at: .now) } == [.closed]
        }
        #expect(value("n", in: server.patientCache()) != nil)
    }

    @Test func `while its circuit is open nobody asks Redis`() throws {
        let cache = Cache(server.settings(), threshold: 1, openTime: .seconds(60))
        server.process.freeze()
        #expect(value("a", in: cache) == nil)
        let failures = cache.statistics.failures
        #expect(value("a", in: cache) == nil && !store([1], as: "a", for: .seconds(1), in: cache))
        #expect(cache.statistics.failures == failures)
    }

    @Test func `a killed Redis answers nothing, and fails no caller`() {
        let cache = server.patientCache()
        #expect(store([1], as: "a", for: .seconds(60), in: cache))
        server.process.killAll()
        #expect(value("a", in: cache) == nil && !cache.ping(within: .seconds(1)))
        #expect(cache.statistics.lastFailure?.contains("refused") == true)
    }

    @Test func `so many may wait for Redis at once, and who comes above that goes on without`() throws {
        let cache = server.cache(threshold: 10_000)
        server.process.freeze()
        let times = inParallel(96) { _ in
            ContinuousClock().measure { _ = cache.ask([Cache.get("a")], within: .seconds(4)) }
        }
        #expect(times.filter { $0 < .seconds(2) }.count >= 32 && times.filter { $0 > .seconds(2) }.count == 64)
    }

    @Test func `a Redis that is frozen costs a call no more than its limit`() throws {
        let cache = server.cache(threshold: 1000)
        #expect(cache.ask([Cache.increment("n")], within: .seconds(10)) != nil)
        server.process.freeze()
        let times = (0..<9).map { _ in ContinuousClock().measure { #expect(value("n", in: cache) == nil) } }
        // The fastest: others may have held up this one's process, but nothing made it faster.
        let fastest = try #require(times.min())
        #expect(fastest >= .milliseconds(20) && fastest < .milliseconds(60), "\(times)")
    }
}
