import EnvSchema
import Synchronization

/// How often secrets were to be taken, and whether they were.
final class ReloadCounts: Sendable {
    enum Outcome: String, Sendable, CaseIterable {
        case taken, refused
    }

    private let counts = Mutex<[Outcome: Int]>([:])

    func add(_ outcome: Outcome) { counts.withLock { $0[outcome, default: 0] += 1 } }

    func count(_ outcome: Outcome) -> Int { counts.withLock { $0[outcome, default: 0] } }
}

/// Takes other secrets while requests go on: reads the files, proves the logins by logging in, and only then changes
/// anything. Whatever fails before that leaves all as it was.
final class SecretReload: Sendable {
    let counts = ReloadCounts()
    private let arguments: ServeArguments
    private let live: LiveSecrets
    private let maker: ServingPartsMaker
    private let database: Database
    private let cache: Cache
    private let logger: Logger
    /// What the replica runs with. One reload at a time: whoever comes later reads what is in force then.
    private let running: Mutex<Settings>

    /// For a login to Redis, and to each server of the database.
    private static let patience = Duration.seconds(2)

    init(
        arguments: ServeArguments, running: Settings, live: LiveSecrets, maker: ServingPartsMaker,
        database: Database, cache: Cache, logger: Logger
    ) {
        self.arguments = arguments
        self.running = Mutex(running)
        self.live = live
        self.maker = maker
        self.database = database
        self.cache = cache
        self.logger = logger
    }

    /// Why the secrets are not taken; holds none.
    private struct Refusal: Error {
        var reason: String
    }

    /// Blocks for as long as the logins take.
    func run() {
        do throws(Refusal) {
            let generation = try running.withLock { settings throws(Refusal) in try take(&settings) }
            counts.add(.taken)
            logger.log(.info, "the secrets were read again", [("taken", .integer(generation))])
        } catch {
            counts.add(.refused)
            logger.log(.error, "the secrets were not taken; those before stay", [("reason", .text(error.reason))])
        }
    }

    private func take(_ running: inout Settings) throws(Refusal) -> Int {
        let read: Settings
        let secrets: ReplicaSecrets
        do throws(ServeFailure) { (read, secrets) = try ServeSettings.load(arguments) } catch {
            throw Refusal(reason: error.summary)
        }
        let new = running.takingSecrets(of: read)
        try prove(new, running)
        let parts: ServingParts
        do throws(ServeFailure) { parts = try maker.make(new, secrets) } catch {
            throw Refusal(reason: error.summary)
        }
        if new.database != running.database { database.renew(new.database) }
        if new.redis != running.redis { cache.renew(new.redis) }
        live.replace(with: parts)
        running = new
        if new != read {
            logger.log(.warn, "settings other than secrets have changed; they are taken at the next start")
        }
        return secrets.generation
    }

    /// Only what has changed: keys can be taken also while the database is away.
    private func prove(_ new: Settings, _ running: Settings) throws(Refusal) {
        if new.database != running.database,
            let reason = database.refusal(of: new.database, within: Self.patience)
        {
            throw Refusal(reason: "PostgreSQL does not take DB_USERNAME and DB_PASSWORD: \(reason)")
        }
        if new.redis != running.redis, let reason = cache.refusal(of: new.redis, within: Self.patience) {
            throw Refusal(reason: "Redis does not take REDIS_USERNAME and REDIS_PASSWORD: \(reason)")
        }
    }
}

extension ServeFailure {
    /// One line for the log, without the places of the findings.
    fileprivate var summary: String {
        guard case .invalidSettings(let path, let findings) = self else {
            return lines.prefix(2).joined(separator: ": ")
        }
        let faults = findings.filter { $0.severity == .error }.map { "\($0.code.rawValue) \($0.variable ?? "")" }
        return "\(path): \(faults.joined(separator: ", "))"
    }
}
