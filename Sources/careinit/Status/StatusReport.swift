/// `careinit status --json`: version 1 of the document; a field may be added without a new version.
struct StatusReport: Encodable {
    var schema = 1
    var command = "status"
    var up: Bool
    var healthy: Bool
    var orphans: Int
    var generation: Int
    var origin: String
    var services: [Service]
    var omissions: [Omission]
    var synchronous: Bool
    var certificateNotAfter: String?
    var certificateDays: Int64?
    var certificate: Certificate?
    var secrets: Secrets

    struct Secrets: Encodable {
        var ages: [Age]
        var waiting: [RotationReport.Waiting]
        var due: [String]
        var unfinished: [String]

        struct Age: Encodable {
            var name: String
            var days: Int64
        }

        init(_ status: SecretStatus) {
            ages = status.ages.map { Age(name: $0.name, days: $0.days) }
            (waiting, due, unfinished) = (status.waiting, status.due, status.unfinished)
        }
    }

    struct Certificate: Encodable {
        var source: String
        var names: [String]
        var notBefore: String
        var notAfter: String
        var daysLeft: Int64
        var fractionLeft: Double
        var state: String
        var sha256: String
        var fix: String?
    }

    struct Service: Encodable {
        var name: String
        var state: String
        var reason: String?
        var process: Int32?
        var startedAt: String?
        var restarts: Int
        var lastEnd: String?
        var generation: Int
        var listeners: [String]
        var role: String?
        var streaming: Bool?
        var synchronous: Bool?
        var lagBytes: Int64?
    }

    init(_ status: StackStatus) {
        up = status.isUp
        healthy = status.isHealthy
        orphans = status.orphanCount
        generation = status.generation
        origin = status.origin
        omissions = status.omissions
        synchronous = status.synchronous.isHealthy
        certificate = status.certificate.map { Certificate($0, now: status.now) }
        secrets = Secrets(status.secrets)
        certificateNotAfter = certificate?.notAfter
        certificateDays = certificate?.daysLeft
        services = status.rows.map { Service($0, status.cluster) }
    }

    func json() throws -> String { try JSONText.encode(self) }
}

extension StatusReport.Certificate {
    init(_ certificate: StackCertificate, now: Int64) {
        let life = certificate.lifetime
        self.init(
            source: certificate.source.rawValue, names: certificate.names, notBefore: Clock.text(life.notBefore),
            notAfter: Clock.text(life.notAfter), daysLeft: life.daysLeft(at: now),
            fractionLeft: (life.fractionLeft(at: now) * 10_000).rounded(.down) / 10_000,
            state: life.state(at: now).rawValue, sha256: certificate.fingerprint, fix: certificate.fix)
    }
}

extension StatusReport.Service {
    init(_ row: StackStatus.Row, _ cluster: DatabaseCluster) {
        let member = cluster.members.first { $0.name == row.service.name }
        let isReplica = member?.role == .replica
        self.init(
            name: row.service.name, state: row.word, reason: row.result.reason, process: row.state?.process,
            startedAt: row.state?.startedAt.map(Clock.text), restarts: row.state?.endCount ?? 0,
            lastEnd: row.state?.lastEnd, generation: row.generation,
            listeners: row.service.listeners.map { Address.withPort($0.address, $0.port) },
            role: member?.role.rawValue, streaming: isReplica ? member?.isStreaming : nil,
            synchronous: isReplica ? member?.isSynchronous : nil, lagBytes: isReplica ? member?.lag : nil)
    }
}
