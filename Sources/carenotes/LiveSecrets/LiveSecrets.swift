import Synchronization

/// What a replica answers with: all that is made from the secrets of one generation.
struct ServingParts: Sendable {
    let replica: Replica
    let prepared: HealthReplies
    let rateGuard: RateGuard
    let dispatcher: Dispatcher
}

/// The parts in use. A request takes them once, and keeps them to its end whatever comes in between.
final class LiveSecrets: Sendable {
    private struct State {
        var current: ServingParts
        /// A reply may be on its way out of the bytes of each: some hundred bytes for each reload, for good.
        var earlier: [HealthReplies] = []
    }

    private let state: Mutex<State>

    init(_ parts: ServingParts) { state = Mutex(State(current: parts)) }

    var current: ServingParts { state.withLock { $0.current } }

    func replace(with parts: ServingParts) {
        state.withLock { state in
            state.earlier.append(state.current.prepared)
            state.current = parts
        }
    }
}
