#if canImport(Glibc)
    import Glibc
#endif

/// The paths that can be asked for; `Operation` says what by which method.
enum Route: UInt8, Sendable, CaseIterable {
    case health
    case live
    case ready
    case startup
    case detailed
    case circuits
    case metrics
    case openAPI
    case residents
    case resident
    case legalHold
    case appraisals
    case notes
    case note
    case amendments
    case recordsDue
    case authSetup
    case authLogin
    case authRefresh
    case authLogout
    case authPassword
    case authMe
    case users
    case audit
    /// Any other path.
    case unknown

    /// Matches a path byte for byte: no decoding, no trailing slash, no change of case. `{id}` stands for one segment
    /// that is not empty, whatever it holds. Nothing is allocated.
    init(path: UnsafePointer<CChar>) {
        self = Self.byTemplate.first { $0.template.matches(path) }?.route ?? .unknown
    }

    /// The template of the path; logs and metrics show it, and never what a client wrote.
    var path: String {
        switch self {
        case .health: "/api/health"
        case .live: "/api/health/live"
        case .ready: "/api/health/ready"
        case .startup: "/api/health/startup"
        case .detailed: "/api/health/detailed"
        case .circuits: "/api/health/circuits"
        case .metrics: "/api/metrics"
        case .openAPI: "/api/openapi.json"
        case .residents: "/api/residents"
        case .resident: "/api/residents/{id}"
        case .legalHold: "/api/residents/{id}/legal-hold"
        case .appraisals: "/api/residents/{id}/appraisals"
        case .notes: "/api/notes"
        case .note: "/api/notes/{id}"
        case .amendments: "/api/notes/{id}/amendments"
        case .recordsDue: "/api/records/due"
        case .authSetup: "/api/auth/setup"
        case .authLogin: "/api/auth/login"
        case .authRefresh: "/api/auth/refresh"
        case .authLogout: "/api/auth/logout"
        case .authPassword: "/api/auth/password"
        case .authMe: "/api/auth/me"
        case .users: "/api/users"
        case .audit: "/api/audit"
        case .unknown: "unknown"
        }
    }

    /// A GET is answered to HEAD, too.
    var methods: [Method] { Operation.all(of: self).map(\.contract.method) }

    /// The value of `Allow`.
    var allowedMethods: String {
        methods.flatMap { $0 == .get ? [.get, .head] : [$0] }.map(\.name).joined(separator: ", ")
    }

    /// Asked for every few seconds by machines: of interest in the log only to whoever looks for trouble.
    var isRoutine: Bool { rawValue <= Route.openAPI.rawValue }

    /// Whether `{id}` stands in the template.
    var hasParameter: Bool { path.contains("{id}") }

    /// What stands for `{id}` in a path of this route, as it came; nil where the template has none.
    func parameter(in path: UnsafePointer<CChar>) -> String? {
        Self.byTemplate.first { $0.route == self }?.template.parameter(in: path)
    }

    private static let byTemplate: [(template: PathTemplate, route: Route)] = allCases.filter { $0 != .unknown }
        .map { (PathTemplate($0.path), $0) }
}
