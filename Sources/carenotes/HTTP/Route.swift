#if canImport(Glibc)
    import Glibc
#endif

/// What can be asked for.
enum Route: UInt8, Sendable, CaseIterable {
    case health
    case live
    case ready
    case startup
    case detailed
    case circuits
    case metrics
    case notes
    /// Any other path.
    case unknown

    /// Matches a path byte for byte: no decoding, no trailing slash, no change of case.
    init(path: UnsafePointer<CChar>) {
        self = Self.byPath.first { strcmp(path, $0.path) == 0 }?.route ?? .unknown
    }

    /// The path; logs and metrics show it, and never what a client wrote.
    var path: String {
        switch self {
        case .health: "/api/health"
        case .live: "/api/health/live"
        case .ready: "/api/health/ready"
        case .startup: "/api/health/startup"
        case .detailed: "/api/health/detailed"
        case .circuits: "/api/health/circuits"
        case .metrics: "/api/metrics"
        case .notes: "/api/notes"
        case .unknown: "unknown"
        }
    }

    /// The value of `Allow`.
    var allowedMethods: String { self == .notes ? "GET, HEAD, POST" : "GET, HEAD" }

    func allows(_ method: Method) -> Bool { method.isRead || (self == .notes && method == .post) }

    /// Asked for every few seconds by machines: of interest in the log only to whoever looks for trouble.
    var isRoutine: Bool { self != .notes && self != .unknown }

    private static let byPath: [(path: String, route: Route)] = allCases.filter { $0 != .unknown }
        .map { ($0.path, $0) }
}
