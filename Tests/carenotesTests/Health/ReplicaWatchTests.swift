import Testing

@testable import carenotes

struct ReplicaWatchTests {
    private func watch(_ number: Int, _ cache: Cache, others: [Int: String]) -> ReplicaWatch {
        ReplicaWatch(
            own: { Heartbeat(instance: number, generation: number * 10, version: "0.1.0", status: "ready") },
            others: others, cache: cache)
    }

    @Test func `replicas see each other's heartbeats in Redis, where nobody answers for them`() throws {
        let redis = try RedisServer()
        let cache = redis.cache()
        try PostgresTests.waitUntil { cache.ping(within: .seconds(1)) }
        let (first, second) = (watch(1, cache, others: [2: "", 3: ""]), watch(2, cache, others: [1: "", 3: ""]))
        first.beat()
        second.beat()
        #expect(first.all[2] == nil && second.all[1]?.heartbeat.generation == 10)
        first.beat()
        #expect(first.all[2]?.heartbeat.generation == 20 && first.all[2]?.isLive == true)
        #expect(first.all[3] == nil)
    }

    @Test func `without Redis, a replica is asked itself, and only its own answer counts`() throws {
        let redis = try RedisServer()
        let cache = redis.cache()
        redis.process.killAll()
        let service = try ScratchService()
        let url = "http://127.0.0.1:\(service.port)/api/health"
        let watch = watch(1, cache, others: [2: url, 3: url])
        watch.beat()
        #expect(watch.all[2]?.heartbeat.generation == 7)
        // That port is replica 2's.
        #expect(watch.all[3] == nil)
    }

    @Test func `who was not heard of for a while is not live`() {
        let beat = Heartbeat(instance: 1, generation: 1, version: "0.1.0", status: "ready")
        let now = MonotonicClock.nanoseconds()
        #expect(ReplicaWatch.Sight(heartbeat: beat, seenAt: now).isLive)
        #expect(!ReplicaWatch.Sight(heartbeat: beat, seenAt: now &- 6_000_000_001).isLive)
    }
}
