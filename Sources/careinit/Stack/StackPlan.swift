/// Everything that a run of the stack consists of, as a value. `--dry-run` prints it; a runtime carries it out.
struct StackPlan: Sendable, Equatable {
    var generation: Int
    /// In the order in which they start.
    var services: [ServicePlan]
    /// The folders that must exist, parents first, absolute.
    var folders: [PlannedFolder]
    /// The files of this generation; paths are relative to the generation's folder.
    var files: [PlannedFile]
    /// What checks the rendered files before anything starts.
    var checks: [ConfigurationCheck]
    /// What is not part of this run, and why, such as Grafana where its program is not installed.
    var omissions: [Omission] = []
}

struct ServicePlan: Sendable, Equatable, Codable {
    /// Such as `app-1`, `pg-1`, `nginx`; also the program's name for supervisord.
    var name: String
    /// For people, such as `carenotes replica 1`.
    var title: String
    /// argv; never holds a secret.
    var command: [String]
    /// The user it runs as when careinit runs as root; nil: the user that runs careinit.
    var user: String?
    /// The one right of root's that it keeps as that user, as setpriv(1) names it; nil: none.
    var capability: String?
    /// The whole environment of the program; never holds a secret.
    var environment: [String: String] = [:]
    var directory: String?
    /// Lower starts first and stops last.
    var priority: Int
    var stopSignal = "TERM"
    var stopTimeout: Int = 10
    /// The signal that makes it read changed files again; nil for what must be restarted.
    var reloadSignal: String?
    /// The file, on this machine, of the users that a running Redis is given one by one; nil for everything else.
    var usersFile: String?
    var logFile: String
    var listeners: [Listener]
    var health: HealthCheck
    /// What its container needs; nil for a process of this machine.
    var container: ContainerPlan?

    /// Whether it can take changed files without being restarted.
    var canReload: Bool { reloadSignal != nil || usersFile != nil }
}

struct Listener: Sendable, Equatable, Codable, Hashable {
    var address: String
    var port: UInt16
    /// The variable of `.env` that sets the port.
    var variable: String?
}

/// What tells whether a service does its work.
enum HealthCheck: Sendable, Equatable, Codable {
    /// A 2xx answer over plain HTTP.
    case http(address: String, port: UInt16, path: String)
    /// A 2xx answer over TLS, the certificate verified against the file and the name.
    case https(address: String, port: UInt16, path: String, serverName: String, trust: String?)
    /// A member of the PostgreSQL cluster that runs as leader or streams from it, by its Patroni REST API.
    case patroniMember(address: String, port: UInt16)
    /// PONG from Redis, with the user and password of that file.
    case redis(address: String, port: UInt16, passwordFile: String, user: String)
    /// Runs, and accepts connections where it listens.
    case listening
}

struct PlannedFolder: Sendable, Equatable {
    var path: String
    var mode: UInt32
    /// The user who owns it when careinit runs as root.
    var owner: String?
}

struct PlannedFile: Sendable, Equatable {
    var path: String
    var contents: [UInt8]
    var mode: UInt32 = 0o600
    var owner: String?
    var holdsSecret = false
    /// What of its contents its service takes only by being started anew; nil: all of them. The rest it takes while it runs.
    var startContents: [UInt8]?
    /// Its service reads it at its very first start only, or never: what changes in it is nothing to tell the service.
    var isForLater = false
}

struct ConfigurationCheck: Sendable, Equatable {
    var service: String
    /// argv of the service's own checker; runs as the service's user, without a shell.
    var command: [String]
    /// Relative to the generation's folder.
    var file: String
}

struct Omission: Sendable, Equatable, Codable {
    var service: String
    var reason: String
}
