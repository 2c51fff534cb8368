import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// Ends the service so that no request is lost: not ready, asks clients to close, closes the door, finishes, closes.
struct ServeShutdown {
    /// A descriptor of `csystem_watch_draining`.
    let signals: Int32
    let service: Service
    /// How long requests in flight may take once the door is closed.
    let limit: Duration

    /// How long the proxy has to notice that this replica is not ready.
    private static let notice = Duration.seconds(3)
    /// How long all of it may take, from the signal on.
    private static let most = Duration.seconds(30)

    /// Waits for a signal, then ends. Returns what the process exits with; a second signal ends the process at once.
    func waitAndEnd() -> Int32 {
        var signal: Int32 = 0
        while signal == 0 || signal == SIGHUP {
            signal = receive(within: nil)
            if signal == SIGHUP { service.reload() }
        }
        let deadline = MonotonicClock.nanoseconds() + min(Self.most, Self.notice + limit).wholeNanoseconds
        service.state.drain()
        service.logger.log(.info, "draining")
        waitForNotice()
        service.server.quiesce()
        guard finishRequests(by: deadline) else {
            service.logger.log(
                .error, "gave up on requests in flight", [("requests", .integer(service.metrics.inFlight))])
            return 1
        }
        service.stop()
        service.logger.log(.info, "ended")
        return 0
    }

    private func waitForNotice() {
        let deadline = Deadline(in: Self.notice)
        while !deadline.hasPassed { endAtOnce(on: receive(within: deadline.remaining)) }
    }

    private func finishRequests(by deadline: UInt64) -> Bool {
        while service.metrics.inFlight > 0 {
            if MonotonicClock.nanoseconds() >= deadline { return false }
            endAtOnce(on: receive(within: .milliseconds(20)))
        }
        return true
    }

    /// The number of the signal that came in that time, 0 where none did.
    private func receive(within time: Duration?) -> Int32 {
        var entry = pollfd(fd: signals, events: Int16(POLLIN), revents: 0)
        let milliseconds = time.map { Int32(clamping: $0.wholeNanoseconds / 1_000_000) } ?? -1
        return poll(&entry, 1, milliseconds) > 0 ? csystem_read_signal(signals) : 0
    }

    private func endAtOnce(on signal: Int32) {
        if signal != 0, signal != SIGHUP { _exit(128 + signal) }
    }
}
