import Foundation
import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    /// Lists of residents over a real database and a real Redis.
    struct CachedResidentsTests {
        private let cluster: PostgresCluster
        private let redis: RedisServer
        private let service: ScratchService

        init() throws {
            cluster = try WithPostgres.cluster
            redis = try RedisServer()
            let cache = redis.cache()
            try waitUntil { cache.ping(within: .seconds(1)) }
            try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
            service = try ScratchService(database: cluster.settings()) { [redis] settings in
                settings.redis = redis.settings()
                // So that each request waits for Redis, however long it is frozen.
                settings.circuitThreshold = 1_000_000
            }
            try waitUntil { [service] in service.service.state.hasStarted }
        }

        private func ask(_ method: String, _ path: String, _ body: String = "") throws -> String {
            let claims = AccessToken.Claims(
                issuer: service.settings.origin, subject: author.subjectID, organisation: organisation,
                role: Role.manager.rawValue, id: "t", now: WallClock.seconds(), lifetime: 600)
            let token = AccessToken.mint(claims, key: service.settings.signingKey)
            let head =
                "\(method) \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n"
                + "Idempotency-Key: \(UUID().uuidString)\r\nContent-Type: application/json\r\n"
            let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
            return try service.exchange([head + length + "\r\n" + body], patience: 30_000, staysOpen: true)
        }

        private func metric(_ name: String) throws -> Int {
            let line = try ask("GET", "/api/metrics").split(separator: "\n").first { $0.hasPrefix(name + " ") }
            return try #require(line.flatMap { Int($0.dropFirst(name.utf8.count + 1)) })
        }

        private var hits: Int {
            get throws { try metric(#"carenotes_cache_lookups_total{result="hit"}"#) }
        }

        private func id(_ reply: String) throws -> String {
            let start = try #require(reply.firstRange(of: #""id":""#))
            return String(reply[start.upperBound...].prefix(36))
        }

        @Test func `a list comes from Redis, and after every kind of change from the database again`() throws {
            let created = try ask("POST", "/api/residents", #"{"given_name":"Ada","family_name":"Byron"}"#)
            #expect(created.hasPrefix("HTTP/1.1 201"))
            let path = "/api/residents/\(try id(created))"
            let changes = [
                ("PATCH", path, #"{"given_name":"Augusta"}"#, #""given_name":"Augusta""#),
                ("PUT", path + "/legal-hold", #"{"reason":"a claim"}"#, #""legal_hold":true"#),
                ("DELETE", path + "/legal-hold", "", #""legal_hold":false"#),
                ("PATCH", path, #"{"status":"left","care_ended_on":"1990-01-01"}"#, #""status":"left""#),
                (
                    "POST", path + "/appraisals", #"{"decision":"destroy","reason":"past its time"}"#,
                    #""given_name":null"#
                ),
                ("POST", "/api/residents", #"{"given_name":"Eve","family_name":"New"}"#, #""given_name":"Eve""#),
            ]
            for (method, target, body, expected) in changes {
                // Until it came from Redis: a busy machine may not get a call through in its 25 ms.
                let before = try hits
                try waitUntil {
                    _ = try ask("GET", "/api/residents")
                    return try hits > before
                }
                let reply = try ask(method, target, body)
                #expect(reply.hasPrefix("HTTP/1.1 20"), "\(reply)")
                // The standby may be behind; what it gives must not stay.
                try waitUntil { try ask("GET", "/api/residents").contains(expected) }
                for _ in 0..<5 {
                    #expect(try ask("GET", "/api/residents").contains(expected), "\(method) \(target)")
                }
            }
        }

        @Test func `a standby that stands still gives its old list, which nobody gets once it goes on`() throws {
            _ = try ask("POST", "/api/residents", #"{"given_name":"Ada","family_name":"Byron"}"#)
            try waitUntil { try ask("GET", "/api/residents").contains("Ada") }
            try cluster.query("SELECT pg_wal_replay_pause()", on: PostgresCluster.standby)
            try waitUntil {
                try cluster.query("SELECT pg_get_wal_replay_pause_state()", on: PostgresCluster.standby)
                    == "paused"
            }
            defer { _ = try? cluster.query("SELECT pg_wal_replay_resume()", on: PostgresCluster.standby) }
            _ = try ask("POST", "/api/residents", #"{"given_name":"Grace","family_name":"Hopper"}"#)
            for _ in 0..<5 { #expect(try !ask("GET", "/api/residents").contains("Grace")) }
            try cluster.query("SELECT pg_wal_replay_resume()", on: PostgresCluster.standby)
            try waitUntil { try ask("GET", "/api/residents").contains("Grace") }
            for _ in 0..<20 { #expect(try ask("GET", "/api/residents").contains("Grace")) }
        }

        @Test(arguments: [true, false])
        func `with Redis dead or frozen no request fails, and all of them wait 100 ms for it at most`(
            isFrozen: Bool
        ) throws {
            let path =
                "/api/residents/\(try id(ask("POST", "/api/residents", #"{"given_name":"A","family_name":"B"}"#)))"
            let requests = [
                ("GET", "/api/residents", "", "200"), ("PATCH", path, #"{"room":"4b"}"#, "200"),
                ("POST", "/api/residents", #"{"given_name":"C","family_name":"D"}"#, "201"),
                ("GET", "/api/notes", "", "200"),
            ]
            try waitUntil { try ask("GET", path).hasPrefix("HTTP/1.1 200") }
            isFrozen ? redis.process.freeze() : redis.process.killAll()
            for (method, target, body, status) in requests {
                let times = try (0..<7).map { _ in
                    try ContinuousClock().measure {
                        let reply = try ask(method, target, body)
                        #expect(reply.hasPrefix("HTTP/1.1 \(status) "), "\(reply)")
                    }
                }
                // The fastest one was held up least by whatever else this machine does, and by Redis as much as any.
                let fastest = try #require(times.min())
                #expect(fastest < .milliseconds(150), "\(method) \(target): \(times)")
            }
        }
    }
}
