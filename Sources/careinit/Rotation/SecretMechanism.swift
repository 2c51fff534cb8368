import EnvSchema
import Secrets

/// How one secret is changed where it is kept: asks and tells the server that knows it. What services are told of it is the
/// same for all, and not its business.
protocol SecretMechanism {
    /// Whether the new one is valid there.
    func isStaged() throws -> Bool
    /// Makes it valid beside the old one.
    func stage() throws
    /// Tries the new one where it will be used.
    func prove() throws
    /// Whether nobody uses the old one any more; where not, who does, for people.
    func users() throws -> String?
    /// Ends what would use the old one for ever; mostly nothing.
    func drain() throws
    /// Whether the old one is dead.
    func isRetired() throws -> Bool
    func retire() throws
}

extension SecretMechanism {
    func isStaged() throws -> Bool { true }
    func stage() throws {}
    func prove() throws {}
    func users() throws -> String? { nil }
    func drain() throws {}
    /// Services that keep it themselves forget it when they are told.
    func isRetired() throws -> Bool { false }
    func retire() throws {}
}

/// What a mechanism works with.
struct RotationContext {
    var project: Project
    var runtime: any Runtime
    /// As they were put to work.
    var services: [ServicePlan]
    /// The `.env` as it is now.
    var configuration: Configuration
    var item: RotationItem
    /// The value that is to stay.
    var target: String
    /// The value that is to go.
    var other: String
    var signals: TerminationSignals
    var timeout: Duration

    func service(_ name: String) throws(CommandFailure) -> ServicePlan {
        if let service = services.first(where: { $0.name == name }) { return service }
        throw CommandFailure(.unavailable, "\(name) is no part of what runs", fix: "careinit up")
    }

    func setting(_ name: String) throws(CommandFailure) -> String {
        do { return try configuration.optional(name) ?? "" } catch {
            throw CommandFailure(.invalidData, "\(name) is missing", place: project.environmentFile)
        }
    }

    /// Asks again until it holds.
    ///
    /// - Parameters:
    ///   - what: What did not come about, for people.
    ///   - fix: What mends that.
    ///   - look: nil where all is well, else what is not.
    /// - Throws: exit code 69 where it does not come about in time, 130 or 143 when careinit is told to end.
    func wait(_ what: String, fix: String, _ look: () throws -> String?) throws {
        let deadline = ContinuousClock.now + timeout
        while true {
            guard let reason = try look() else { return }
            if ContinuousClock.now >= deadline {
                throw CommandFailure(.unavailable, what, place: item.name, why: reason, fix: fix)
            }
            if !signals.sleep(.milliseconds(200)) { throw CommandFailure.interrupted(signals) }
        }
    }
}

enum Mechanisms {
    static func mechanism(of context: RotationContext) throws -> any SecretMechanism {
        if let secret = InternalSecret(rawValue: context.item.name) { return mechanism(of: secret, context) }
        return switch context.item.name {
        case "DB_PASSWORD":
            DatabaseLoginMechanism(context: context, database: try context.setting("DB_NAME"))
        case "REPLICATION_PASSWORD": ReplicatorMechanism(context: context)
        case "REDIS_PASSWORD": CacheLoginMechanism(context: context)
        case "JWT_SECRET": SigningKeyMechanism(context: context)
        case "ENCRYPTION_KEY": EncryptionKeyMechanism(context: context)
        case "GRAFANA_ADMIN_PASSWORD": GrafanaMechanism(context: context)
        case "SMTP_PASS": MailMechanism(context: context)
        case RotatableSecret.serverKey:
            try ServerKeyMechanism(
                context.project, context.item, target: context.target, other: context.other)
        default: PlainMechanism()
        }
    }

    private static func mechanism(of secret: InternalSecret, _ context: RotationContext) -> any SecretMechanism {
        switch secret {
        case .monitor:
            DatabaseLoginMechanism(
                context: context, database: "postgres", creation: "IN ROLE pg_monitor CONNECTION LIMIT 10")
        case .patroni: PatroniMechanism(context: context)
        case .redis: CacheAdministratorMechanism(context: context)
        case .etcd: EtcdMechanism(context: context)
        }
    }
}

/// A secret that only the services that read it know.
struct PlainMechanism: SecretMechanism {}
