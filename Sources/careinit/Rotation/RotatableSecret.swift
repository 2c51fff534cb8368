import EnvSchema
import Secrets

/// What is known of changing one variable's secret: pure, so that `--explain` says what the engine does.
struct RotatableSecret: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// Two logins at PostgreSQL, of which one is active.
        case databaseLogin
        /// Two roles that standbys follow with.
        case replicator
        /// Two users of Redis.
        case cacheLogin
        case signingKey
        case refreshKey
        case encryptionKey
        case grafana
        /// Somebody else made it, and careinit is told.
        case given
        /// Only services of the stack know it.
        case plain
        /// One that careinit made for the services among themselves.
        case ofStack(InternalSecret)
        /// nginx' key, with its certificate.
        case serverKey
    }

    /// The name of nginx' key, which is no variable: it lies in the file that TLS_KEY_PATH names.
    static let serverKey = "TLS_KEY"

    var name: String
    var kind: Kind

    /// A setup token and one of `careinit token` live that long, in seconds.
    private static let longestAccess: Int64 = 86_400

    /// Every secret of the template, in its order, and then the stack's own and nginx' key.
    static func all(in schema: Schema) -> [RotatableSecret] {
        schema.variables.filter(\.isSecret).map { RotatableSecret($0) }
            + InternalSecret.allCases.map { RotatableSecret($0) }
            + [RotatableSecret(name: serverKey, kind: .serverKey)]
    }

    private init(name: String, kind: Kind) { (self.name, self.kind) = (name, kind) }

    init(_ secret: InternalSecret) { (name, kind) = (secret.rawValue, .ofStack(secret)) }

    init(_ variable: Variable) {
        name = variable.name
        kind =
            switch variable.name {
            case "DB_PASSWORD": .databaseLogin
            case "REPLICATION_PASSWORD": .replicator
            case "REDIS_PASSWORD": .cacheLogin
            case "JWT_SECRET": .signingKey
            case "JWT_REFRESH_SECRET": .refreshKey
            case "ENCRYPTION_KEY": .encryptionKey
            case "GRAFANA_ADMIN_PASSWORD": .grafana
            default: variable.generation == nil ? .given : .plain
            }
    }

    /// Whether it stands in the `.env`.
    var isSetting: Bool { kind != .serverKey && !isOfStack }

    var isOfStack: Bool {
        if case .ofStack = kind { true } else { false }
    }

    /// Whether it is only ever changed where it is named: somebody outside of the stack has to know of it.
    var isOnlyNamed: Bool { kind == .given || kind == .serverKey }

    /// Whether it can only be changed where it is stored, by a server that runs.
    func needsServer(_ schema: Schema) -> Bool {
        switch kind {
        case .grafana, .ofStack(.monitor): true
        default: schema[name]?.bindsData == true
        }
    }

    /// The variable that moves with it, where each value has a user of its own.
    static func loginVariable(of name: String) -> String? {
        switch name {
        case "DB_PASSWORD": "DB_USERNAME"
        case "REDIS_PASSWORD": "REDIS_USERNAME"
        case InternalSecret.monitor.rawValue: InternalSecret.monitorLogin
        default: nil
        }
    }

    /// How it is changed in a stack with these settings: user names and lifetimes, without a value.
    ///
    /// - Parameters:
    ///   - configuration: The `.env`.
    ///   - own: The stack's own secrets and names, as they are kept.
    ///   - replicator: The role that standbys follow with now.
    /// - Returns: What a run is made of.
    /// - Throws: `ConfigurationError` only where the template and this reader disagree.
    func item(
        _ configuration: Configuration, own: [String: String], replicator: String
    ) throws(ConfigurationError) -> RotationItem {
        var item = RotationItem(name: name)
        if let variable = Self.loginVariable(of: name) {
            let login =
                try isOfStack ? own[variable] ?? InternalSecret.firstMonitor : configuration.string(variable)
            (item.oldLogin, item.newLogin) = (login, DatabaseRoles(activeLogin: login).otherLogin)
        }
        switch kind {
        case .databaseLogin: (item.isStaged, item.isProved, item.isDrained) = (true, true, true)
        case .replicator:
            (item.isStaged, item.isProved, item.isDrained) = (true, true, true)
            (item.oldLogin, item.newLogin) = (replicator, Replicators.other(than: replicator))
        case .cacheLogin: (item.isAdmitted, item.isProved, item.isDrained) = (true, true, true)
        case .signingKey:
            (item.isAdmitted, item.isProved) = (true, true)
            let lifetime = try configuration.duration("JWT_EXPIRES_IN").components.seconds
            item.retirement = .after(seconds: max(lifetime, Self.longestAccess) + AccessToken.leeway)
        case .refreshKey:
            item.isAdmitted = true
            let lifetime = try configuration.duration("JWT_REFRESH_EXPIRES_IN").components.seconds
            item.retirement = .after(seconds: lifetime + AccessToken.leeway)
        case .encryptionKey:
            (item.isAdmitted, item.isDrained, item.retirement) = (true, true, .released)
        case .grafana: (item.isStaged, item.isProved) = (true, true)
        case .given: item.isProved = true
        case .plain: break
        case .ofStack(let secret): Self.complete(&item, secret)
        case .serverKey: (item.isStaged, item.isProved, item.isDrained) = (true, true, true)
        }
        return item
    }

    private static func complete(_ item: inout RotationItem, _ secret: InternalSecret) {
        switch secret {
        case .monitor: (item.isStaged, item.isAdmitted, item.isProved, item.isDrained) = (true, true, true, true)
        case .patroni: item.isDrained = true
        case .redis: (item.isAdmitted, item.isProved) = (true, true)
        case .etcd: (item.isStaged, item.isAdmitted, item.isProved, item.isDrained) = (true, true, true, true)
        }
    }
}
