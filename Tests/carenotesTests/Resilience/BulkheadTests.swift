import Synchronization
import Testing

@testable import carenotes

struct BulkheadTests {
    private final class Count: Sendable {
        private let counter = Atomic(0)
        var value: Int { counter.load(ordering: .relaxed) }
        func add() { counter.add(1, ordering: .relaxed) }
    }

    private func bulkhead(threads: Int, queue: Int, patience: Duration = .seconds(60)) -> Bulkhead {
        Bulkhead(Bulkhead.Limits(threads: threads, queue: queue, patience: patience))
    }

    @Test func `every job that was queued runs before close returns`() {
        let bulkhead = bulkhead(threads: 3, queue: 500)
        let done = Count()
        for _ in 0..<300 {
            #expect(bulkhead.reserve())
            bulkhead.submit(.init(run: { done.add() }, refuse: {}))
        }
        bulkhead.close()
        #expect(done.value == 300 && !bulkhead.reserve())
    }

    @Test func `it takes as many as its threads and its queue hold, and counts whom it turns away`() {
        let bulkhead = bulkhead(threads: 1, queue: 2)
        #expect(bulkhead.reserve() && bulkhead.reserve() && bulkhead.reserve())
        #expect(!bulkhead.reserve() && bulkhead.statistics.refused == 1)
        for _ in 0..<3 { bulkhead.submit(.init(run: {}, refuse: {})) }
        bulkhead.close()
    }

    @Test func `a place that was reserved before the close is still filled`() {
        let bulkhead = bulkhead(threads: 2, queue: 5)
        let done = Count()
        #expect(bulkhead.reserve())
        let filler = BackgroundThread { bulkhead.submit(.init(run: { done.add() }, refuse: {})) }
        bulkhead.close()
        filler?.join()
        #expect(done.value == 1)
    }

    @Test func `what waited too long is refused while every thread is stuck, and never run`() throws {
        let bulkhead = bulkhead(threads: 1, queue: 5, patience: .milliseconds(100))
        let stuck = StopSignal()
        let (ran, refused) = (Count(), Count())
        #expect(bulkhead.reserve())
        bulkhead.submit(
            .init(
                run: {
                    ran.add()
                    _ = stuck.sleep(.seconds(60))
                }, refuse: {}))
        try PostgresTests.waitUntil { ran.value == 1 }
        for _ in 0..<3 {
            #expect(bulkhead.reserve())
            bulkhead.submit(.init(run: { ran.add() }, refuse: { refused.add() }))
        }
        try PostgresTests.waitUntil { refused.value == 3 }
        #expect(bulkhead.statistics == Bulkhead.Statistics(waiting: 0, running: 1, refused: 0, expired: 3))
        stuck.stop()
        bulkhead.close()
        #expect(ran.value == 1)
    }

    @Test func `stuck writes take no thread from reads`() throws {
        let bulkheads = Bulkheads(poolMaximum: 2)
        defer { bulkheads.close() }
        let stuck = StopSignal()
        let (writing, read) = (Count(), Count())
        let writes = try #require(bulkheads[.writes])
        for _ in 0..<130 where writes.reserve() {
            writes.submit(
                .init(
                    run: {
                        writing.add()
                        _ = stuck.sleep(.seconds(60))
                    }, refuse: {}))
        }
        try PostgresTests.waitUntil { writing.value == 2 }
        #expect(!writes.reserve())
        let reads = try #require(bulkheads[.reads])
        #expect(reads.reserve())
        reads.submit(.init(run: { read.add() }, refuse: {}))
        try PostgresTests.waitUntil { read.value == 1 }
        stuck.stop()
    }

    @Test(arguments: [
        (Route.notes, Method.get, Lane.reads), (.notes, .head, .reads), (.notes, .post, .writes),
        (.resident, .patch, .writes), (.recordsDue, .get, .reads), (.authMe, .get, .writes),
        (.users, .get, .writes),
        (.authLogin, .post, .writes), (.detailed, .get, .insight), (.unknown, .get, .reads),
    ])
    func `a request is in the lane of what it needs`(route: Route, method: Method, lane: Lane) {
        #expect(Lane(route, method) == lane)
    }
}
