/// What `/api/metrics` tells of one pool of connections.
package struct PoolStatistics: Sendable, Equatable {
    /// Connections that stand, idle and in use.
    package var open = 0
    package var idle = 0
    package var inUse = 0
    /// Callers waiting for a connection.
    package var waiting = 0
    package var maximum = 0
    /// Since the start: connections made, attempts that found no server, waits that ended without a connection.
    package var connects = 0
    package var connectFailures = 0
    package var acquireTimeouts = 0
}

package struct DatabaseStatistics: Sendable, Equatable {
    package var primary = PoolStatistics()
    package var standby = PoolStatistics()
    /// Attempts after the first, since the start.
    package var retries = 0
    /// Operations that failed after their retries, since the start.
    package var failures = 0
    /// The last failure's text, for the log and the operator; it holds no secret and no record.
    package var lastFailure: String?
}

/// One server, as a login to it just showed.
package struct ServerHealth: Sendable, Equatable {
    package enum Role: String, Sendable { case primary, standby }

    package var host: String
    /// Nil where no login succeeded in time.
    package var role: Role?
    /// From the first packet to the end of the login.
    package var latency: Duration?
    /// Why there is no role, in PostgreSQL's words.
    package var failure: String?
    var replication: ReplicationFacts?
}

package struct DatabaseHealth: Sendable, Equatable {
    package var servers: [ServerHealth]

    /// Notes can be written.
    package var primary: ServerHealth? { servers.first { $0.role == .primary } }
    package var standbys: [ServerHealth] { servers.filter { $0.role == .standby } }
    /// Notes can be read.
    package var isReadable: Bool { servers.contains { $0.role != nil } }

    package init(servers: [ServerHealth]) { self.servers = servers }
}
