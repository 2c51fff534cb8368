/// The programs of other projects that the stack runs, and what brings them.
enum StackProgram: String, Sendable, CaseIterable {
    case nginx
    case etcd
    case patroni
    case patronictl
    case psql
    case redis
    case redisCLI
    case prometheus
    case promtool
    case alertmanager
    case amtool
    case nodeExporter
    case postgresExporter
    case redisExporter
    case supervisord
    case grafana

    /// The names that distributions give the program, best first.
    var names: [String] {
        switch self {
        case .redis: ["redis-server"]
        case .redisCLI: ["redis-cli"]
        case .alertmanager: ["prometheus-alertmanager", "alertmanager"]
        case .nodeExporter: ["prometheus-node-exporter", "node_exporter"]
        case .postgresExporter: ["prometheus-postgres-exporter", "postgres_exporter"]
        case .redisExporter: ["prometheus-redis-exporter", "redis_exporter"]
        case .grafana: ["/usr/share/grafana/bin/grafana", "grafana"]
        case .nginx, .etcd, .patroni, .patronictl, .psql, .prometheus, .promtool, .amtool, .supervisord: [rawValue]
        }
    }

    /// The Debian package that brings it.
    var package: String {
        switch self {
        case .nginx, .patroni, .prometheus, .grafana: rawValue
        case .etcd: "etcd-server"
        case .patronictl: "patroni"
        case .psql: "postgresql-client"
        case .redis: "redis-server"
        case .redisCLI: "redis-tools"
        case .promtool: "prometheus"
        case .alertmanager, .amtool: "prometheus-alertmanager"
        case .nodeExporter: "prometheus-node-exporter"
        case .postgresExporter: "prometheus-postgres-exporter"
        case .redisExporter: "prometheus-redis-exporter"
        case .supervisord: "supervisor"
        }
    }

    /// Whether the stack does its work without it.
    var isOptional: Bool { self == .grafana || self == .redisExporter }

    /// What makes it print its version, for those whose configuration depends on it.
    var versionArguments: [String]? {
        switch self {
        case .nginx: ["-V"]
        case .etcd, .patroni: ["--version"]
        default: nil
        }
    }
}
