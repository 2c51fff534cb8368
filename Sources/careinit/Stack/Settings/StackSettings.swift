/// What the stack reads of a `.env`: each variable once, typed. carenotes reads its own part itself.
struct StackSettings: Sendable, Equatable {
    var application: Application
    var web: Web
    var database: Database
    var etcd: Etcd
    var redis: Redis
    /// nil: no mail is sent.
    var mail: Mail?
    var monitoring: Monitoring
    /// Any address of the private network that containers are given.
    var containerNetwork = "10.213.7.0"

    struct Application: Sendable, Equatable {
        var name: String
        /// Such as `https://notes.example.org` or `https://localhost:8443`.
        var origin: String
        /// One per carenotes replica.
        var ports: [UInt16]
        /// How long a replica takes to stop at most, in seconds.
        var shutdownSeconds: Int

        /// The host of the origin, without brackets and port.
        var host: String { Address.host(ofOrigin: origin) }
    }

    struct Web: Sendable, Equatable {
        var address: String
        var httpPort: UInt16
        var httpsPort: UInt16
        var certificate: CertificateSource
        /// The mail address that the certificate's authority is given; nil: none.
        var contact: String? = nil
    }

    /// Where the certificate lies; paths are as the `.env` has them.
    enum CertificateSource: Sendable, Equatable {
        case selfSigned(certificate: String, key: String)
        case files(certificate: String, key: String)
        case letsEncrypt(folder: String)
    }

    struct Database: Sendable, Equatable {
        var members: [Member]
        var port: UInt16
        var restPort: UInt16
        var exporterPort: UInt16
        var name: String
        var login: String
        var password: String
        var replicationPassword: String
        /// The most connections that a carenotes replica opens to the primary, and again to the standbys.
        var poolMaximum: Int

        /// Enough for every replica's connections on one member, and the stack's own beside them.
        var maximumConnections: Int { max(200, 3 * (2 * poolMaximum + 1) + 30) }
    }

    struct Member: Sendable, Equatable {
        /// 1 to 3.
        var number: Int
        var address: String
        var name: String { "pg-\(number)" }
        /// The variable of `.env` that holds the address.
        var variable: String { number == 1 ? "DB_HOST" : "DB_REPLICA_\(number - 1)_HOST" }
    }

    struct Etcd: Sendable, Equatable {
        var clientPort: UInt16
        var peerPort: UInt16
        var metricsPort: UInt16
    }

    struct Redis: Sendable, Equatable {
        var address: String
        var port: UInt16
        var username: String
        var password: String
    }

    struct Mail: Sendable, Equatable {
        var host: String
        var port: UInt16
        /// TLS from the start; otherwise STARTTLS.
        var isImplicitTLS: Bool
        var login: String?
        var password: String?
        var sender: String
        var senderName: String?
        var critical: String
        var warning: String
    }

    struct Monitoring: Sendable, Equatable {
        var prometheusPort: UInt16
        var retentionSeconds: Int64
        var alertmanagerPort: UInt16
        var nodeExporterPort: UInt16
        var grafanaPort: UInt16
        var grafanaUser: String
        var grafanaPassword: String

        /// It has its own address in its container, and none natively.
        static let redisExporterPort: UInt16 = 9121
    }
}

extension StackSettings.CertificateSource {
    /// Where its files lie, for paths that are relative to the folder of the `.env`.
    func files(from folder: String) -> [String] {
        let paths =
            switch self {
            case .selfSigned(let certificate, let key), .files(let certificate, let key): [certificate, key]
            case .letsEncrypt(let folder): [folder]
            }
        return paths.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
    }
}

/// How addresses are written together with a port.
enum Address {
    /// `127.0.0.1:80`, `[::1]:80`.
    static func withPort(_ address: String, _ port: UInt16) -> String {
        address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }

    /// `https://notes.example.org:8443` → `notes.example.org`, `https://[::1]:8443` → `::1`.
    static func host(ofOrigin origin: String) -> String {
        var rest = origin[...]
        if let colon = rest.firstIndex(of: ":"), rest[colon...].hasPrefix("://") {
            rest = rest[rest.index(colon, offsetBy: 3)...]
        }
        rest = rest.prefix { $0 != "/" }
        if rest.first == "[" { return String(rest.dropFirst().prefix { $0 != "]" }) }
        return String(rest.prefix { $0 != ":" })
    }
}
