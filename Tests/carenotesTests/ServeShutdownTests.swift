import Synchronization
import Testing

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

extension PostgresTests {
    struct ServeShutdownTests {
        @Test(arguments: [SIGTERM, SIGINT, SIGUSR2])
        func `a signal drains: what is in flight is finished, kept connections are given up, and it exits with 0`(
            signal: Int32
        ) throws {
            let cluster = try WithPostgres.cluster
            try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
            let replica = try ServedReplica(cluster)
            try waitUntil { replica.get("/api/health/ready").hasPrefix("HTTP/1.1 200") }
            let kept = try #require(RawClient(port: replica.port))
            kept.send(RawClient.request("/api/health/live"))
            #expect(kept.receive().hasPrefix("HTTP/1.1 200"))

            let database = try #require(cluster.server(PostgresCluster.primary))
            database.freeze()
            defer { database.thaw() }
            let slow = try #require(RawClient(port: replica.port))
            slow.send(
                RawClient.request("/api/auth/me", ["Authorization: Bearer \(try replica.token())"]))
            // Itself and the slow one.
            try waitUntil { replica.get("/api/metrics").contains("\nhttp_requests_in_flight 2\n") }

            kill(replica.process.identifier, signal)
            try waitUntil { replica.get("/api/health/ready").hasPrefix("HTTP/1.1 503") }
            kept.send(RawClient.request("/api/health/ready"))
            let last = kept.receiveAll()
            #expect(last.hasPrefix("HTTP/1.1 503") && last.contains("Connection: close"), "\(last)")
            let served = replica.get("/api/nothing")
            #expect(served.hasPrefix("HTTP/1.1 404") && served.contains("Connection: close"), "\(served)")
            try waitUntil { RawClient(port: replica.port) == nil }
            database.thaw()
            let reply = slow.receiveAll()
            #expect(reply.hasPrefix("HTTP/1.1 200") && reply.contains("Connection: close"), "\(reply)")
            #expect(replica.process.exitCode() == 0, "\(replica.log)")
            #expect(replica.log.contains("\"draining\"") && replica.log.contains("\"ended\""))
        }

        @Test func `a second signal ends it at once`() throws {
            let replica = try ServedReplica(try WithPostgres.cluster)
            try waitUntil { replica.get("/api/health/live").hasPrefix("HTTP/1.1 200") }
            kill(replica.process.identifier, SIGTERM)
            try waitUntil { replica.log.contains("\"draining\"") }
            kill(replica.process.identifier, SIGTERM)
            #expect(replica.process.exitCode() == 128 + SIGTERM)
        }
    }
}
