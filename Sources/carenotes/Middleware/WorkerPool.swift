/// A few threads that wait for the database in place of the server's own, and a queue that never grows long.
final class WorkerPool: @unchecked Sendable {
    // Unchecked: the variables are touched with the lock held.
    private let condition = Condition()
    private var jobs: [@Sendable () -> Void] = []
    private var next = 0
    private var reserved = 0
    private var isClosed = false
    private var threads: [BackgroundThread] = []
    private let capacity: Int

    /// `capacity` is how many jobs may wait for a thread. The threads keep the pool until it is closed.
    init(threads count: Int, capacity: Int) {
        self.capacity = capacity
        threads = (0..<count).compactMap { _ in BackgroundThread { [self] in work() } }
    }

    /// Jobs that wait for a thread.
    var waiting: Int { condition.withLock { jobs.count - next } }
    var threadCount: Int { threads.count }

    /// Claims a place in the queue, which `submit` then fills; false where it is full or closed.
    func reserve() -> Bool {
        condition.withLock {
            guard !isClosed, !threads.isEmpty, jobs.count - next + reserved < capacity else { return false }
            reserved += 1
            return true
        }
    }

    func submit(_ job: @escaping @Sendable () -> Void) {
        condition.withLock {
            reserved -= 1
            jobs.append(job)
            // All: whoever waits for the last reserved place to be filled must see it, too.
            isClosed ? condition.broadcast() : condition.signal()
        }
    }

    /// Runs what is queued or has a place reserved, then ends the threads.
    func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
        for thread in threads { thread.join() }
        condition.withLock { threads = [] }
    }

    private func work() {
        while let job = take() { job() }
    }

    private func take() -> (@Sendable () -> Void)? {
        condition.withLock {
            while next == jobs.count {
                if isClosed, reserved == 0 { return nil }
                condition.wait()
            }
            let job = jobs[next]
            next += 1
            dropTakenJobs()
            return job
        }
    }

    /// A first-in-first-out queue over one array: what was taken is let go of when it is half of it.
    private func dropTakenJobs() {
        guard next > 32, next * 2 > jobs.count || next == jobs.count else { return }
        jobs.removeFirst(next)
        next = 0
    }
}
