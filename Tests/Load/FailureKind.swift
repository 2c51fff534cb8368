import Transport

extension TransportError {
    /// A few words to count failures by.
    var kind: String {
        switch self {
        case .badURL, .badRequest: "bad request"
        case .unresolvable: "unknown host"
        case .unreachable(let errno): "no connection: errno \(errno)"
        case .timedOut(let stage): "timed out: \(stage.rawValue)"
        case .closed(bytesReceived: 0): "closed before a reply"
        case .closed: "closed within a reply"
        case .untrusted(let reason): "not trusted: \(reason)"
        case .tls: "TLS"
        case .badCertificates: "certificates"
        case .malformedReply(let fault): "malformed reply: \(fault.rawValue)"
        case .system(let call, let errno): "\(call): errno \(errno)"
        }
    }
}
