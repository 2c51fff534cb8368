import Secrets
import Synchronization
import Testing

@testable import carenotes

@Suite(.serialized)
struct ResidentListCacheTests {
    private let redis: RedisServer
    private let organisation = PostgresTests.organisation
    private let filter = ResidentFilter()

    init() throws {
        redis = try RedisServer()
        let cache = redis.cache()
        try PostgresTests.waitUntil { cache.ping(within: .seconds(1)) }
    }

    private func lists(_ cache: Cache? = nil, key: UInt8 = 7) -> ResidentListCache {
        ResidentListCache(
            cache ?? redis.patientCache(), encryptionKey: SecretBytes([UInt8](repeating: key, count: 32)),
            time: .seconds(600))
    }

    private func page(_ name: String) -> Page<Resident> {
        var resident = Resident(
            id: PostgresTests.resident, organisationID: organisation, createdAt: "2026-11-23T14:20:05.000001Z",
            updatedAt: "2026-11-23T14:20:05.000001Z")
        resident.details = ResidentDetails(givenName: name, familyName: "Canary")
        return Page([resident], limit: 50) { PageCursor(createdAt: $0.createdAt, id: $0.id) }
    }

    private func place(_ look: ResidentListCache.Look) -> ResidentListCache.Place? {
        if case .missing(let place) = look { place } else { nil }
    }

    private func found(_ lists: ResidentListCache, _ filter: ResidentFilter = ResidentFilter()) -> Page<Resident>?
    {
        if case .found(let page) = lists.look(filter, for: organisation) { page } else { nil }
    }

    /// Puts the page where it is looked for, as read at the position.
    private func fill(_ lists: ResidentListCache, _ page: Page<Resident>, at position: UInt64) throws {
        lists.keep(
            page, in: try #require(place(lists.look(filter, for: organisation))),
            readAt: LogPosition(bytes: position))
    }

    private func change(_ lists: ResidentListCache, to position: UInt64?) throws {
        try lists.changing(
            organisation, position: { position.map { LogPosition(bytes: $0) } }, { () throws(RecordsError) in })
    }

    @Test func `a list is found again on every replica, and no other filter's or organisation's`() throws {
        let lists = lists()
        #expect(found(lists) == nil)
        try fill(lists, page("Ada"), at: 10)
        #expect(found(lists) == page("Ada") && found(self.lists()) == page("Ada"))
        var others = [ResidentFilter](repeating: filter, count: 4)
        others[0].room = "4"
        others[1].status = .away
        others[2].limit = 49
        others[3].cursor = PageCursor(createdAt: "2026-11-23T14:20:05.000001Z", id: PostgresTests.resident)
        for other in others { #expect(found(lists, other) == nil) }
        if case .found = lists.look(filter, for: PostgresTests.otherOrganisation) {
            Issue.record("another's list")
        }
    }

    @Test func `a change makes it void, also for a list that was read before the change and comes after it`()
        throws
    {
        let lists = lists()
        try fill(lists, page("old"), at: 10)
        let slow = try #require(place(lists.look(ResidentFilter(limit: 7), for: organisation)))
        try change(lists, to: 20)
        #expect(found(lists) == nil)
        lists.keep(page("old"), in: slow, readAt: LogPosition(bytes: 30))
        #expect(found(lists, ResidentFilter(limit: 7)) == nil)
        try fill(lists, page("new"), at: 20)
        #expect(found(lists) == page("new"))
    }

    @Test func `what a standby gives that has not replayed the change is not stored`() throws {
        let lists = lists()
        try change(lists, to: 20)
        try fill(lists, page("old"), at: 19)
        #expect(found(lists) == nil)
        lists.keep(page("old"), in: try #require(place(lists.look(filter, for: organisation))), readAt: nil)
        #expect(found(lists) == nil)
        try fill(lists, page("new"), at: 20)
        #expect(found(lists) == page("new"))
    }

    @Test func `while a change is on its way nothing is used, and nothing stored`() throws {
        let lists = lists()
        try fill(lists, page("old"), at: 10)
        try lists.changing(organisation, position: { LogPosition(bytes: 20) }) { () throws(RecordsError) in
            #expect(found(lists) == nil && place(lists.look(filter, for: organisation)) == nil)
        }
        #expect(found(lists) == nil)
    }

    @Test func `a change that fails, or whose end nobody knows, makes it void as well`() throws {
        let lists = lists()
        try fill(lists, page("old"), at: 10)
        #expect(throws: RecordsError.unavailable(retryAfterSeconds: 5)) {
            try lists.changing(organisation, position: { LogPosition(bytes: 20) }) { () throws(RecordsError) in
                throw .unavailable(retryAfterSeconds: 5)
            }
        }
        #expect(found(lists) == nil)
        try fill(lists, page("new"), at: 20)
        try change(lists, to: nil)
        #expect(place(lists.look(filter, for: organisation)) == nil)
        #expect(try redis.command("GET", "carenotes:residents:\(organisation):version").hasPrefix("changing"))
        let time = try #require(Int(try redis.command("PTTL", "carenotes:residents:\(organisation):version")))
        #expect((1...30_000).contains(time))
    }

    @Test func `two who make a version at once do not find each other's lists under the wrong one`() throws {
        let (first, second) = (lists(), lists())
        let places = try [first, second].map { try #require(place($0.look(filter, for: organisation))) }
        first.keep(page("first"), in: places[0], readAt: .start)
        second.keep(page("second"), in: places[1], readAt: .start)
        // The second list lies under the first version, to which it is not sealed.
        #expect(found(first) == nil && found(second) == nil)
        try fill(second, page("third"), at: 1)
        #expect(found(first) == page("third"))
    }

    @Test func `a version that Redis lost never comes back, and its lists never open again`() throws {
        let lists = lists()
        try fill(lists, page("old"), at: 10)
        _ = try redis.command("DEL", "carenotes:residents:\(organisation):version")
        #expect(found(lists) == nil)
        try change(lists, to: 20)
        #expect(found(lists) == nil)
    }

    @Test func `Redis holds no name, and a list that was changed or moved there does not open`() throws {
        let lists = lists()
        var filter = ResidentFilter()
        filter.room = "Canary 4b"
        lists.keep(
            page("Ada"), in: try #require(place(lists.look(filter, for: organisation))),
            readAt: LogPosition(bytes: 1))
        let keys = try redis.command("--scan").split(separator: "\n").map(String.init)
        #expect(keys.count == 2 && !keys.joined().contains("Canary"))
        let name = try #require(keys.first { !$0.hasSuffix("version") })
        for key in keys { #expect(!(try redis.command("GET", key)).contains("Canary")) }
        #expect((1...600_000).contains(try #require(Int(try redis.command("PTTL", name)))))
        #expect(found(lists, filter) == page("Ada"))
        #expect(found(self.lists(key: 8), filter) == nil)
        _ = try redis.command("SETRANGE", name, "40", "x")
        #expect(found(lists, filter) == nil)
    }

    @Test func `a list whose time is over is not used, even where Redis still has it`() throws {
        let lists = ResidentListCache(
            redis.patientCache(), encryptionKey: SecretBytes([UInt8](repeating: 7, count: 32)), time: .seconds(2))
        try fill(lists, page("Ada"), at: 1)
        let keys = try redis.command("--scan").split(separator: "\n").map(String.init)
        let name = try #require(keys.first { !$0.hasSuffix("version") })
        try #require(try redis.command("PERSIST", name) == "1")
        try PostgresTests.waitUntil { found(lists) == nil }
        #expect(try redis.command("EXISTS", name) == "1")
    }

    @Test func `who changes while Redis is away owes a version, uses no list until it is paid, and then pays`()
        throws
    {
        let cache = redis.cache()
        let (writer, reader) = (lists(cache), lists())
        try fill(reader, page("old"), at: 10)
        redis.process.freeze()
        try change(writer, to: 20)
        #expect(writer.owes(organisation) && found(writer) == nil)
        redis.process.thaw()
        let stopping = StopSignal()
        let payer = BackgroundThread { writer.run(every: .milliseconds(50), until: stopping) }
        defer {
            stopping.stop()
            payer?.join()
        }
        try PostgresTests.waitUntil { !writer.owes(organisation) }
        #expect(found(reader) == nil && found(writer) == nil)
    }

    @Test func `many writers and readers at once never leave an old list behind`() throws {
        let lists = lists()
        let truth = Truth()
        let stale = inParallel(6) { thread -> Int in
            var stale = 0
            for _ in 0..<150 {
                if thread == 0 {
                    try? lists.changing(organisation, position: { truth.position }) { () throws(RecordsError) in
                        truth.change()
                    }
                    truth.acknowledge()
                } else {
                    let least = truth.acknowledged
                    switch lists.look(filter, for: organisation) {
                    case .found(let page):
                        if (Int(page.rows[0].details?.givenName ?? "") ?? -1) < least { stale += 1 }
                    case .missing(let place):
                        // As a standby that may not have replayed the last change yet.
                        let (value, position) = truth.read(lag: Int.random(in: 0...1))
                        if let place { lists.keep(page("\(value)"), in: place, readAt: position) }
                    }
                }
            }
            return stale
        }
        #expect(stale == [0, 0, 0, 0, 0, 0])
        if found(lists) == nil { try fill(lists, page("\(truth.acknowledged)"), at: UInt64(truth.acknowledged)) }
        #expect(found(lists) == page("150"))
        #expect(lists.owes(organisation) == false)
    }

    @Test func `a frozen Redis costs a list and a change no more than two calls`() throws {
        let lists = lists(redis.cache(threshold: 10_000))
        redis.process.freeze()
        let times = try (0..<5).map { _ in try ContinuousClock().measure { try change(lists, to: 1) } }
        #expect(try #require(times.min()) < .milliseconds(90), "\(times)")
    }
}

/// A database of one number: each change adds one, and its place in the log is the number.
private final class Truth: Sendable {
    private let state = Mutex((value: 0, acknowledged: 0))

    var position: LogPosition { state.withLock { LogPosition(bytes: UInt64($0.value)) } }
    var acknowledged: Int { state.withLock { $0.acknowledged } }

    func change() { state.withLock { $0.value += 1 } }

    func acknowledge() { state.withLock { $0.acknowledged = $0.value } }

    func read(lag: Int) -> (Int, LogPosition) {
        state.withLock { state in
            let value = max(0, state.value - lag)
            return (value, LogPosition(bytes: UInt64(value)))
        }
    }
}
