/// What a probe found out about one service.
enum ProbeResult: Sendable, Equatable {
    case healthy
    /// It does not do its work; the text says what was seen, such as `no answer on 127.0.0.1:3001`.
    case unhealthy(String)

    var isHealthy: Bool { self == .healthy }
    var reason: String? { if case .unhealthy(let reason) = self { reason } else { nil } }
}
