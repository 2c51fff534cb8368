import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// SIGINT, SIGTERM and SIGHUP as something that a wait can see, instead of a handler that could run anywhere.
///
/// From `init` until the owner goes away the three signals are blocked and collected (signalfd(2)); every wait of this
/// type ends at once when one arrives. Programs that careinit starts get an empty signal mask of their own.
final class TerminationSignals {
    let descriptor: Int32
    /// The first signal that arrived.
    private(set) var first: Int32?
    private var count = 0
    private var acknowledged = 0

    init() {
        signal(SIGPIPE, SIG_IGN)
        descriptor = csystem_watch_termination()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        _ = csystem_unwatch_termination()
    }

    /// The signal that has arrived and was not acknowledged.
    var received: Int32? {
        collect()
        return count > acknowledged ? first : nil
    }

    /// Lets the waits go on, for a bounded clean-up that a second signal may cut short.
    func acknowledge() { acknowledged = count }

    /// The exit code that tells the caller which signal ended careinit.
    var exitCode: ExitCode { first == SIGTERM || first == SIGHUP ? .terminated : .interrupted }

    /// Waits; ends early when a signal arrives.
    ///
    /// - Returns: Whether the whole time passed without one.
    @discardableResult
    func sleep(_ duration: Duration) -> Bool {
        if received != nil { return false }
        var set = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
        let deadline = ContinuousClock.now + duration
        while received == nil {
            let remaining = ContinuousClock.now.duration(to: deadline)
            if remaining <= .zero { return true }
            poll(&set, 1, remaining.wholeMilliseconds)
        }
        return false
    }

    private func collect() {
        while descriptor >= 0 {
            let signal = csystem_read_signal(descriptor)
            if signal == 0 { return }
            first = first ?? signal
            count += 1
        }
    }
}
