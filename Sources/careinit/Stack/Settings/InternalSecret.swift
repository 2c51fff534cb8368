import Secrets

/// A secret that the services of the stack have among themselves: careinit makes it, and nobody is asked for it.
enum InternalSecret: String, CaseIterable, Sendable {
    /// With which the exporters log in to PostgreSQL and to Redis.
    case monitor = "MONITOR_PASSWORD"
    /// With which Patroni's members command each other (Patroni, "restapi.authentication").
    case patroni = "PATRONI_REST_PASSWORD"
    /// With which careinit itself logs in to Redis.
    case redis = "REDIS_ADMIN_PASSWORD"
    /// Whose value is the name of the authority that signed the certificates of etcd and its clients.
    case etcd = "ETCD_CERTIFICATES"

    /// The role of PostgreSQL that goes with `monitor`.
    static let monitorLogin = "MONITOR_USERNAME"
    static let firstMonitor = "monitor"

    func generate() throws(SecretsError) -> String {
        self == .etcd ? try SecretGenerator.hex(bytes: 8) : try SecretGenerator.urlSafe(length: 43)
    }
}
