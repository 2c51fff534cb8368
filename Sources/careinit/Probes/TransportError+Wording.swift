import OpenSSL
import Transport

#if canImport(Glibc)
    import Glibc
#endif

extension TransportError {
    /// For people, such as `connection refused`.
    var reason: String {
        switch self {
        case .badURL(let text): "\(text) is no address"
        case .badRequest(let part): "the \(part) of the request cannot be sent"
        case .unresolvable(let host, let reason): "\(host) has no address: \(reason)"
        case .unreachable(let code): String(cString: strerror(code)).lowercased()
        case .timedOut(.connect), .timedOut(.send): "no connection in time"
        case .timedOut(.handshake): "no TLS handshake in time"
        case .timedOut(.receive): "no answer in time"
        case .closed: "the connection was closed without an answer"
        case .untrusted(let reason): "the certificate is not trusted: \(reason)"
        case .tls(let error), .badCertificates(let error): "TLS failed: \(error)"
        case .malformedReply: "the answer is no HTTP"
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        }
    }
}
