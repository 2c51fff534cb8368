import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    struct RequestTimeoutTests {
        @Test func `a request that is too old is answered 503, and its calls of a frozen database end with it`()
            throws
        {
            let cluster = try WithPostgres.cluster
            try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
            let service = try ScratchService(
                database: cluster.settings(hosts: [PostgresCluster.primary]), requestLimit: .milliseconds(600))
            try waitUntil { service.service.state.hasStarted }
            let claims = AccessToken.Claims(
                issuer: service.settings.origin, subject: author.subjectID, organisation: organisation,
                role: "manager", id: "t", now: WallClock.seconds(), lifetime: 600)
            let token = AccessToken.mint(claims, key: service.settings.signingKey)
            let server = try #require(cluster.server(PostgresCluster.primary))
            server.freeze()
            defer { server.thaw() }
            let start = ContinuousClock.now
            let reply = RawClient.get(
                "/api/residents", port: service.port, headers: ["Authorization: Bearer \(token)"])
            #expect(reply.hasPrefix("HTTP/1.1 503 ") && reply.contains("request-timeout"), "\(reply)")
            #expect(reply.contains("Retry-After: 1"))
            // One call alone may take 5 s, and all of them 10 s.
            #expect(start.duration(to: .now) < .seconds(4))
            server.thaw()
            try waitUntil {
                RawClient.get("/api/residents", port: service.port, headers: ["Authorization: Bearer \(token)"])
                    .hasPrefix("HTTP/1.1 200")
            }
        }

        @Test func `a body that drips is cut off when its request is too old`() throws {
            let service = try ScratchService(requestLimit: .milliseconds(300))
            let client = try #require(RawClient(port: service.port, patience: 10))
            client.send("POST /api/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
            var closed = false
            for _ in 0..<100 where !closed {
                client.send("x")
                closed = client.isClosed(within: 50)
            }
            #expect(closed)
        }
    }
}
