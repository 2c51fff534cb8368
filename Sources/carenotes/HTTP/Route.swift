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
    case authSetup
    case authLogin
    case authRefresh
    case authLogout
    case authPassword
    case authMe
    case users
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
        case .authSetup: "/api/auth/setup"
        case .authLogin: "/api/auth/login"
        case .authRefresh: "/api/auth/refresh"
        case .authLogout: "/api/auth/logout"
        case .authPassword: "/api/auth/password"
        case .authMe: "/api/auth/me"
        case .users: "/api/users"
        case .unknown: "unknown"
        }
    }

    /// The value of `Allow`.
    var allowedMethods: String { methods.map(\.name).joined(separator: ", ") }

    func allows(_ method: Method) -> Bool { methods.contains(method) }

    private var methods: [Method] {
        switch self {
        case .notes: [.get, .head, .post]
        case .users: [.get, .head, .post, .patch]
        case .authSetup, .authLogin, .authRefresh, .authLogout, .authPassword: [.post]
        default: [.get, .head]
        }
    }

    /// Asked for every few seconds by machines: of interest in the log only to whoever looks for trouble.
    var isRoutine: Bool {
        switch self {
        case .health, .live, .ready, .startup, .detailed, .circuits, .metrics: true
        default: false
        }
    }

    private static let byPath: [(path: String, route: Route)] = allCases.filter { $0 != .unknown }
        .map { ($0.path, $0) }
}
