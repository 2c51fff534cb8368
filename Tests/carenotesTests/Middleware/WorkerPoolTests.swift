import Synchronization
import Testing

@testable import carenotes

struct WorkerPoolTests {
    private final class Count: Sendable {
        let value = Atomic<Int>(0)
    }

    @Test func `every job that was queued runs before close returns`() {
        let pool = WorkerPool(threads: 3, capacity: 500)
        let done = Count()
        for _ in 0..<300 {
            #expect(pool.reserve())
            pool.submit { done.value.add(1, ordering: .relaxed) }
        }
        pool.close()
        #expect(done.value.load(ordering: .relaxed) == 300)
        #expect(!pool.reserve())
    }

    @Test func `it takes as many as there is room for`() {
        let pool = WorkerPool(threads: 1, capacity: 2)
        #expect(pool.reserve() && pool.reserve() && !pool.reserve())
        pool.submit {}
        pool.submit {}
        pool.close()
    }

    @Test func `a place that was reserved before the close is still filled`() {
        let pool = WorkerPool(threads: 2, capacity: 5)
        let done = Count()
        #expect(pool.reserve())
        let filler = BackgroundThread { pool.submit { done.value.add(1, ordering: .relaxed) } }
        pool.close()
        filler?.join()
        #expect(done.value.load(ordering: .relaxed) == 1)
    }
}
