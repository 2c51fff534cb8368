import Synchronization

/// How far carenotes is: read by every health request, so without a lock.
final class HealthState: Sendable {
    enum Phase: Int, Sendable, CaseIterable {
        /// The migrations have not run yet.
        case starting
        case ready
        /// Something that it needs is away; it answers all the same.
        case degraded
        /// It was told to end.
        case draining
    }

    private let isMigrated = Atomic<Bool>(false)
    private let isDegraded = Atomic<Bool>(false)
    private let isEnding = Atomic<Bool>(false)
    /// The same for those who wait for it.
    private let started = Monitor(false)

    var phase: Phase {
        if isDraining { return .draining }
        guard isMigrated.load(ordering: .relaxed) else { return .starting }
        return isDegraded.load(ordering: .relaxed) ? .degraded : .ready
    }

    var isDraining: Bool { isEnding.load(ordering: .relaxed) }
    var hasStarted: Bool { isMigrated.load(ordering: .relaxed) }

    func migrated() {
        isMigrated.store(true, ordering: .relaxed)
        started.update { $0 = true }
    }

    /// Returns whether the migrations have run, by the end of that time.
    func waitUntilStarted(_ limit: Duration) -> Bool {
        started.wait(until: Deadline(in: limit)) { $0 ? true : nil } ?? false
    }
    func degraded(_ isTrue: Bool) { isDegraded.store(isTrue, ordering: .relaxed) }
    func drain() { isEnding.store(true, ordering: .relaxed) }
}
