import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// SIGINT and SIGTERM end a run early; what was measured is printed all the same.
enum Stop {
    static let isAsked = Atomic<Bool>(false)

    static func watch() {
        isAsked.store(false, ordering: .relaxed)
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM] {
            sigaddset(&signals, signal)
            Glibc.signal(signal) { _ in Stop.isAsked.store(true, ordering: .relaxed) }
        }
        // A caller may have started us with these blocked.
        sigprocmask(SIG_UNBLOCK, &signals, nil)
    }
}

/// Time since a run began.
struct Stopwatch: Sendable {
    private let start = ContinuousClock.now

    var nanoseconds: Int64 {
        let parts = (ContinuousClock.now - start).components
        return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    }

    /// Sleeps until so many nanoseconds have passed, or the run is to end.
    func wait(until instant: Int64) {
        while !Stop.isAsked.load(ordering: .relaxed) {
            let left = instant - nanoseconds
            guard left > 0 else { return }
            var span = timespec(tv_sec: 0, tv_nsec: Int(min(left, 100_000_000)))
            nanosleep(&span, nil)
        }
    }

    /// Microseconds since 1970.
    static func wallClock() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
    }
}
