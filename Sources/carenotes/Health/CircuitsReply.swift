/// `/api/health/circuits`: the state of each circuit breaker.
enum CircuitsReply {
    static func make(_ circuits: [CircuitBreaker], at now: CircuitBreaker.Instant) -> Reply {
        var json = JSONWriter()
        json.object { json in write(circuits, at: now, to: &json) }
        return .json(.ok, json.bytes)
    }

    /// As a member of the object that is being written.
    static func write(
        _ circuits: [CircuitBreaker], at now: CircuitBreaker.Instant, to json: inout JSONWriter
    ) {
        json.name("circuits")
        json.array { json in
            for circuit in circuits {
                json.object { json in
                    json.member("name", circuit.name)
                    json.member("state", circuit.state(at: now).word)
                    json.member("failures_in_a_row", circuit.failuresInARow)
                    json.member("threshold", circuit.threshold)
                }
            }
        }
    }
}

extension CircuitBreaker.State {
    var word: String {
        switch self {
        case .closed: "closed"
        case .halfOpen: "half-open"
        case .open: "open"
        }
    }
}
