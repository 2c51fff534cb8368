#if canImport(Glibc)
    import Glibc
#endif

/// The methods that carenotes tells apart (RFC 9110 §9); their names are case-sensitive.
enum Method: UInt8, Sendable, CaseIterable {
    case get
    case head
    case post
    case patch
    case put
    case delete
    case options
    case other

    init(_ name: UnsafePointer<CChar>) {
        self = Self.named.first { strcmp(name, $0.name) == 0 }?.method ?? .other
    }

    /// As logs and metrics call it: a client cannot make new names there.
    var name: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .patch: "PATCH"
        case .put: "PUT"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .other: "other"
        }
    }

    /// A HEAD is answered as a GET, without the body.
    var isRead: Bool { self == .get || self == .head }

    private static let named: [(name: String, method: Method)] = allCases.filter { $0 != .other }
        .map { ($0.name, $0) }
}
