import Synchronization

/// How far a client is with its present request, told by the server's threads and looked at by the watch.
final class ConnectionProgress: Sendable {
    enum Phase: UInt64, Sendable, CaseIterable {
        /// Connected just now, the headers of its first request underway.
        case connected
        case sendingBody
        /// It waits for us.
        case working
        case takingReply
        /// Between two requests: silent, or with the next headers underway.
        case idle
    }

    /// Belongs to the server library.
    let descriptor: Int32
    /// Nanoseconds of `MonotonicClock`, and the phase in the lowest three bits.
    private let state: Atomic<UInt64>
    private let bytes = Atomic<Int>(0)

    init(descriptor: Int32, at now: UInt64) {
        self.descriptor = descriptor
        state = Atomic(Self.packed(.connected, now))
    }

    func enter(_ phase: Phase, at now: UInt64 = MonotonicClock.nanoseconds()) {
        if phase == .sendingBody { bytes.store(0, ordering: .relaxed) }
        state.store(Self.packed(phase, now), ordering: .relaxed)
    }

    /// So many bytes of the body came.
    func received(_ count: Int) { bytes.add(count, ordering: .relaxed) }

    /// Whether the client takes longer than the rules allow.
    func fails(_ rules: ProgressRules, at now: UInt64) -> Bool {
        let state = state.load(ordering: .relaxed)
        let since = state & ~7
        guard now > since, let phase = Phase(rawValue: state & 7) else { return false }
        let age = Duration.nanoseconds(Int64(clamping: now - since))
        return rules.isTooSlow(phase, after: age, bytes: bytes.load(ordering: .relaxed))
    }

    private static func packed(_ phase: Phase, _ now: UInt64) -> UInt64 { now & ~7 | phase.rawValue }
}

/// How fast a client must be. The server library only knows how long it may be silent, and a byte now and then is no silence.
struct ProgressRules: Sendable {
    /// From connecting to the end of the first headers.
    var firstHeaders = Duration.seconds(10)
    /// From one reply to the end of the next headers; longer than nginx keeps an idle connection (60 s), so that it is the
    /// one to close.
    var nextHeaders = Duration.seconds(75)
    /// After this time a body must have come at `bodyPace` bytes a second: 64 KiB within 13 s, which leaves the database its
    /// time within the request's 30 s.
    var bodyGrace = Duration.seconds(5)
    var bodyPace = 8192.0
    /// From the first byte of a reply to its last.
    var reply = Duration.seconds(60)

    /// `bytes` is how much of a body has come.
    func isTooSlow(_ phase: ConnectionProgress.Phase, after age: Duration, bytes: Int) -> Bool {
        switch phase {
        case .connected: age > firstHeaders
        case .sendingBody: age > bodyGrace && Double(bytes) < (age - bodyGrace) / .seconds(1) * bodyPace
        case .working: false
        case .takingReply: age > reply
        case .idle: age > nextHeaders
        }
    }
}
