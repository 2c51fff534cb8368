import FoundationEssentials
import Transport

/// What the three Patroni members say of the PostgreSQL cluster, put together.
struct DatabaseCluster: Sendable, Equatable {
    struct Member: Sendable, Equatable {
        enum Role: String, Sendable { case leader, replica, unknown }

        var name: String
        var role: Role
        /// PostgreSQL's state in Patroni's words, such as `running` or `starting`; nil where Patroni does not answer.
        var state: String?
        /// Whether the leader sends it WAL.
        var isStreaming = false
        /// Whether the leader waits for it at every commit.
        var isSynchronous = false
        /// Bytes of WAL that it has not yet received.
        var lag: Int64?
        var timeline: Int?

        var isHealthy: Bool { state == "running" && (role == .leader || isStreaming) }
    }

    var members: [Member]

    /// The one leader; nil where there is none, or more than one answers as such.
    var leader: Member? {
        let leaders = members.filter { $0.role == .leader && $0.state == "running" }
        return leaders.count == 1 ? leaders.first : nil
    }

    /// How many replicas stream from the leader.
    var streamingCount: Int { members.count(where: \.isStreaming) }
    var hasSynchronousReplica: Bool { members.contains(where: \.isSynchronous) }

    /// What is wrong with a member.
    func result(_ name: String) -> ProbeResult {
        guard let member = members.first(where: { $0.name == name }) else { return .unhealthy("not a member") }
        if member.isHealthy { return .healthy }
        guard let state = member.state else { return .unhealthy("Patroni does not answer") }
        if state != "running" { return .unhealthy("PostgreSQL is \(state)") }
        return .unhealthy(leader == nil ? "there is no leader" : "does not stream from the leader")
    }

    /// Puts the members' own replies together; the leader's says who streams.
    init(_ statuses: [(name: String, status: PatroniStatus?)]) {
        let leader = statuses.compactMap(\.status).first { $0.isLeader && $0.state == "running" }
        members = statuses.map { name, status in
            let sender = leader?.replication?.first { $0.applicationName == name }
            var member = Member(name: name, role: .unknown, state: status?.state, timeline: status?.timeline)
            if let status { member.role = status.isLeader ? .leader : .replica }
            member.isStreaming = sender?.state == "streaming"
            member.isSynchronous = ["sync", "quorum"].contains(sender?.syncState)
            if let sent = leader?.xlog?.location, let received = status?.xlog?.receivedLocation {
                member.lag = max(0, sent - received)
            }
            return member
        }
    }
}

/// The reply of a member's REST API to `GET /patroni` (patroni.readthedocs.io, REST API).
struct PatroniStatus: Sendable, Decodable {
    struct Log: Sendable, Decodable {
        var location: Int64?
        var receivedLocation: Int64?
    }

    struct Sender: Sendable, Decodable {
        var applicationName: String
        var state: String
        var syncState: String
    }

    var state: String
    var role: String
    var timeline: Int?
    var xlog: Log?
    var replication: [Sender]?
    /// Unix seconds at which it last spoke with etcd.
    var dcsLastSeen: Int64?

    /// Patroni 3 says `master`, Patroni 4 `primary`.
    var isLeader: Bool { role == "master" || role == "primary" }

    /// nil where the member does not answer, or not in these words.
    static func read(address: String, port: UInt16) -> PatroniStatus? {
        let url = "http://\(Address.withPort(address, port))/patroni"
        // It answers 503 while PostgreSQL does not run, with the state in the body all the same.
        guard let reply = try? HTTPClient.get(url, timeout: HealthProbe.timeout) else { return nil }
        return decode(reply.body)
    }

    static func decode(_ body: [UInt8]) -> PatroniStatus? {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try? decoder.decode(PatroniStatus.self, from: Data(body))
    }
}
