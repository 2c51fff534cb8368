/// One image that the stack runs, and what it is made of.
struct StackImage: Sendable, Equatable {
    /// What the names of all own images begin with.
    static let repository = "careinit/"

    var name: String
    /// Debian 13's packages in it.
    var packages: [String]
    var user: ServiceUser

    /// Every image that is Debian's packages and nothing else. carenotes has one of its own.
    static let parts = [
        StackImage(
            name: "postgres", packages: ["postgresql-17", "patroni", "python3-etcd", "python3-idna"],
            user: .postgres
        ),
        StackImage(name: "etcd", packages: ["etcd-server"], user: .etcd),
        StackImage(name: "redis", packages: ["redis-server", "redis-tools"], user: .redis),
        StackImage(name: "nginx", packages: ["nginx"], user: .nginx),
        StackImage(name: "prometheus", packages: ["prometheus"], user: .prometheus),
        StackImage(name: "alertmanager", packages: ["prometheus-alertmanager"], user: .prometheus),
        StackImage(name: "node-exporter", packages: ["prometheus-node-exporter"], user: .prometheus),
        StackImage(name: "postgres-exporter", packages: ["prometheus-postgres-exporter"], user: .prometheus),
        StackImage(name: "redis-exporter", packages: ["prometheus-redis-exporter"], user: .prometheus),
    ]

    /// The name of the image that a service runs; nil for Grafana, whose image is its maker's.
    static func name(of service: String) -> String? {
        switch service {
        case "grafana": nil
        case let name where name.hasPrefix("app-"): "carenotes"
        case let name where name.hasPrefix("pg-exporter-"): "postgres-exporter"
        case let name where name.hasPrefix("pg-"): "postgres"
        default: service
        }
    }

    /// An image of another maker, by the digest of its contents.
    struct Upstream: Sendable, Equatable { var reference: String }

    /// Debian has no Grafana.
    static let grafana = Upstream(
        reference:
            "grafana/grafana:12.0.2@sha256:b5b59bfc7561634c2d7b136c4543d702ebcc94a3da477f21ff26f89ffd4214fa")
}
