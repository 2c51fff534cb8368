import Testing

@testable import careinit

@Suite("The PostgreSQL cluster as its members tell it")
struct DatabaseClusterTests {
    private static let leader = """
        {"state":"running","role":"master","timeline":1,"xlog":{"location":5000},"replication":[
        {"application_name":"pg-2","state":"streaming","sync_state":"sync"},
        {"application_name":"pg-3","state":"catchup","sync_state":"async"}]}
        """
    private static let replica =
        #"{"state":"running","role":"replica","timeline":1,"xlog":{"received_location":4900},"dcs_last_seen":1790000000}"#

    private func status(_ text: String) throws -> PatroniStatus {
        try #require(PatroniStatus.decode(Array(text.utf8)))
    }

    @Test("a replica is healthy only while the leader streams to it")
    func streaming() throws {
        let cluster = DatabaseCluster([
            ("pg-1", try status(Self.leader)), ("pg-2", try status(Self.replica)),
            ("pg-3", try status(Self.replica)),
        ])
        #expect(cluster.leader?.name == "pg-1")
        #expect(cluster.streamingCount == 1 && cluster.hasSynchronousReplica)
        #expect(cluster.result("pg-2") == .healthy)
        #expect(cluster.members[1].lag == 100)
        #expect(cluster.result("pg-3").reason == "does not stream from the leader")
    }

    @Test("a member says when it last spoke with etcd, where its Patroni knows it")
    func coordination() throws {
        #expect(try status(Self.replica).dcsLastSeen == 1_790_000_000)
        #expect(try status(Self.leader).dcsLastSeen == nil)
    }

    @Test("without a leader, or with two, nobody leads")
    func leadership() throws {
        let replicas = DatabaseCluster([("pg-1", try status(Self.replica)), ("pg-2", nil)])
        #expect(replicas.leader == nil)
        #expect(replicas.result("pg-1").reason == "there is no leader")
        #expect(replicas.result("pg-2").reason == "Patroni does not answer")
        let two = DatabaseCluster([("pg-1", try status(Self.leader)), ("pg-2", try status(Self.leader))])
        #expect(two.leader == nil)
    }

    @Test(
        "what is no reply of Patroni's is none", arguments: ["", "{}", "[1]", "\u{0}", #"{"state":1,"role":"x"}"#])
    func malformed(_ text: String) {
        #expect(PatroniStatus.decode(Array(text.utf8)) == nil)
    }

    @Test("synchronous_standby_names proves it only where it names a standby")
    func synchronous() {
        #expect(SynchronousReplication.judge("pg-2").isHealthy)
        #expect(SynchronousReplication.judge("ANY 1 (\"pg-1\",\"pg-2\")").isHealthy)
        #expect(!SynchronousReplication.judge("").isHealthy)
        #expect(!SynchronousReplication.judge("*").isHealthy)
    }
}
