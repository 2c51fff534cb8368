/// Threads of their own for one kind of work, and a short queue before them, so that what is stuck holds up nothing else.
///
/// A job that waited for longer than the patience is refused at that time, not when a thread comes free.
final class Bulkhead: @unchecked Sendable {
    // Unchecked: the variables are touched with the lock held.
    struct Limits: Sendable {
        var threads: Int
        /// Jobs that may wait for a thread.
        var queue: Int
        /// The database may need 10 s more once a thread is found, and the proxy gives up after 12 s.
        var patience = Duration.milliseconds(1500)
    }

    struct Job: Sendable {
        var run: @Sendable () -> Void
        /// In place of `run`, where it waited too long.
        var refuse: @Sendable () -> Void
    }

    struct Statistics: Sendable, Equatable {
        var waiting = 0
        var running = 0
        /// Since the start: jobs that found the queue full, and jobs that waited too long.
        var refused = 0
        var expired = 0
    }

    private struct Waiting {
        var job: Job
        /// In nanoseconds of `MonotonicClock`.
        var until: UInt64
    }

    private let limits: Limits
    private let condition = Condition()
    private let stopping = StopSignal()
    private var queue: [Waiting] = []
    private var next = 0
    private var reserved = 0
    private var isClosed = false
    private var counts = Statistics()
    private var threads: [BackgroundThread] = []
    private var watch: BackgroundThread?

    /// The threads keep the bulkhead until it is closed.
    init(_ limits: Limits) {
        self.limits = limits
        threads = (0..<limits.threads).compactMap { _ in BackgroundThread { [self] in work() } }
        watch = BackgroundThread { [self] in while stopping.sleep(.milliseconds(50)) { refuseExpired() } }
    }

    var statistics: Statistics {
        condition.withLock {
            var statistics = counts
            statistics.waiting = queue.count - next
            return statistics
        }
    }

    /// Claims a place in the queue, which `submit` then fills; false where it is full or closed.
    func reserve() -> Bool {
        condition.withLock {
            guard !isClosed, !threads.isEmpty, queue.count - next + reserved < limits.queue + idleThreads else {
                counts.refused += 1
                return false
            }
            reserved += 1
            return true
        }
    }

    func submit(_ job: Job) {
        let until = MonotonicClock.nanoseconds() + limits.patience.wholeNanoseconds
        condition.withLock {
            reserved -= 1
            queue.append(Waiting(job: job, until: until))
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
        stopping.stop()
        watch?.join()
        condition.withLock { threads = [] }
    }

    /// Places that need no queue.
    private var idleThreads: Int { max(0, threads.count - counts.running) }

    private func work() {
        while let waiting = take() {
            waiting.until > MonotonicClock.nanoseconds() ? waiting.job.run() : expire([waiting])
            condition.withLock { counts.running -= 1 }
        }
    }

    private func take() -> Waiting? {
        condition.withLock {
            while next == queue.count {
                if isClosed, reserved == 0 { return nil }
                condition.wait()
            }
            counts.running += 1
            return takeFirst()
        }
    }

    private func refuseExpired() {
        let now = MonotonicClock.nanoseconds()
        let expired = condition.withLock {
            var expired: [Waiting] = []
            // All have the same patience: the first is the first whose time is up.
            while next < queue.count, queue[next].until <= now { expired.append(takeFirst()) }
            return expired
        }
        expire(expired)
    }

    private func expire(_ expired: [Waiting]) {
        guard !expired.isEmpty else { return }
        condition.withLock { counts.expired += expired.count }
        expired.forEach { $0.job.refuse() }
    }

    private func takeFirst() -> Waiting {
        let first = queue[next]
        next += 1
        // A first-in-first-out queue over one array: what was taken is let go of when it is half of it.
        if next > 32, next * 2 > queue.count || next == queue.count {
            queue.removeFirst(next)
            next = 0
        }
        return first
    }
}
