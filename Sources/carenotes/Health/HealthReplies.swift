/// The replies of the health routes that machines ask all the time: each encoded once.
final class HealthReplies: Sendable {
    private let replies: [PreparedReply]
    private static let routes: [Route] = [.health, .live, .ready, .startup]

    /// Nil where there is no memory for them.
    init?(_ replica: Replica) {
        let bodies = Self.routes.flatMap { route in
            HealthState.Phase.allCases.map { Self.reply(route, $0, replica) }
        }
        replies = bodies.compactMap { PreparedReply($0) }
        if replies.count < bodies.count { return nil }
    }

    static func has(_ route: Route) -> Bool { route.rawValue < UInt8(routes.count) }

    func reply(_ route: Route, _ phase: HealthState.Phase) -> PreparedReply? {
        let index = Int(route.rawValue) * HealthState.Phase.allCases.count + phase.rawValue
        return Self.has(route) ? replies[index] : nil
    }

    static func reply(_ route: Route, _ phase: HealthState.Phase, _ replica: Replica) -> Reply {
        let (status, word) = answer(route, phase)
        var json = JSONWriter()
        json.object { json in
            json.member("status", word)
            if route == .health { json.member("service", replica.service) }
            json.member("instance", replica.instance)
            json.member("generation", replica.generation)
            if route == .health { json.member("version", Carenotes.version) }
        }
        var reply = Reply.json(status, json.bytes)
        if status == .serviceUnavailable { reply = reply.with("Retry-After", "1") }
        // Idle connections of the proxy are closed by both sides' consent before the listener goes.
        return phase == .draining ? reply.with("Connection", "close") : reply
    }

    private static func answer(_ route: Route, _ phase: HealthState.Phase) -> (Status, String) {
        switch (route, phase) {
        case (.ready, .starting): (.serviceUnavailable, "starting")
        case (.ready, .draining): (.serviceUnavailable, "draining")
        case (.ready, .degraded): (.ok, "degraded")
        case (.ready, .ready): (.ok, "ready")
        case (.startup, .starting): (.serviceUnavailable, "starting")
        case (.startup, _): (.ok, "started")
        case (.live, _): (.ok, "live")
        case (_, .draining): (.ok, "draining")
        default: (.ok, "ok")
        }
    }
}
