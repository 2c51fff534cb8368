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
        certificateNotAfter = status.certificateEnd.map(Clock.text)
        certificateDays = status.certificateDays
        services = status.rows.map { Service($0, status.cluster) }
    }

    func json() throws -> String { try JSONText.encode(self) }
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
