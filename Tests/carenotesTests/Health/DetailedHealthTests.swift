import Foundation
import Testing

@testable import carenotes

extension PostgresTests {
    struct DetailedHealthTests {
        private func members(_ reply: String) throws -> [String: Any] {
            let body = reply.firstRange(of: "\r\n\r\n").map { String(reply[$0.upperBound...]) } ?? ""
            return try #require(JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any], "\(reply)")
        }

        @Test func `it shows what there is to know, and a stopped database and Redis delay no health route`()
            throws
        {
            let cluster = try WithPostgres.cluster
            try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
            let redis = try RedisServer()
            let service = try ScratchService(database: cluster.settings(), redis: redis.settings())
            try waitUntil { service.service.state.hasStarted }
            func detailed() throws -> [String: Any] {
                try members(RawClient.get("/api/health/detailed", port: service.port))
            }
            func database() throws -> [String: Any] { try detailed()["database"] as? [String: Any] ?? [:] }
            try waitUntil {
                let servers = try database()["servers"] as? [[String: Any]] ?? []
                return servers.contains { $0["role"] as? String == "standby" && $0["lag_bytes"] as? Int == 0 }
            }
            let shown = try detailed()
            #expect(try database()["primary"] as? String == PostgresCluster.primary)
            #expect((shown["redis"] as? [String: Any])?["reachable"] as? Bool == true)
            #expect(shown["generation"] as? Int == 7 && shown["version"] as? String == Carenotes.version)
            #expect((shown["replicas"] as? [[String: Any]])?.map { $0["live"] as? Bool } == [false, true, false])
            #expect(((shown["disk"] as? [String: Any])?["available_bytes"] as? Int ?? 0) > 0)
            #expect(((shown["memory"] as? [String: Any])?["process_resident_bytes"] as? Int ?? 0) > 0)
            #expect(((shown["cpu"] as? [String: Any])?["load_average"] as? [Double])?.count == 3)
            #expect((shown["circuits"] as? [Any])?.isEmpty == false)

            let servers = [PostgresCluster.primary, PostgresCluster.standby].compactMap { cluster.server($0) }
            servers.forEach { $0.freeze() }
            redis.process.freeze()
            defer {
                servers.forEach { $0.thaw() }
                redis.process.thaw()
            }
            // While the watch waits for both, and after it has given up on them.
            for _ in 0..<2 {
                for route in ["live", "ready", "detailed", "circuits", "startup"] {
                    let reply = RawClient.get("/api/health/\(route)", port: service.port, patience: 2)
                    #expect(reply.hasPrefix("HTTP/1.1 200"), "\(route): \(reply)")
                }
                try waitUntil { try database()["primary"] is NSNull }
            }
            #expect(RawClient.get("/api/health/ready", port: service.port).contains("degraded"))
        }

        @Test(arguments: ["detailed", "circuits"])
        func `whoever comes from outside through the proxy is refused`(route: String) throws {
            let service = try ScratchService()
            let inside = RawClient.get(
                "/api/health/\(route)", port: service.port, headers: ["X-Forwarded-For: 127.0.0.1"])
            #expect(inside.hasPrefix("HTTP/1.1 200"))
            let outside = RawClient.get(
                "/api/health/\(route)", port: service.port, headers: ["X-Forwarded-For: 192.0.2.7"])
            #expect(outside.hasPrefix("HTTP/1.1 403") && outside.contains("not-allowed"))
        }
    }
}

struct ReplicationFactsTests {
    @Test(arguments: [
        ("0/0", 0), ("16/B374D848", 0x16_B374_D848), ("FFFFFFFF/FFFFFFFF", UInt64.max), ("", nil), ("1", nil),
        ("1/2/3", nil),
        ("+1/2", nil), ("1/-2", nil), ("1FFFFFFFF/0", nil), ("x/0", nil), ("/", nil),
    ])
    func `a position is two hexadecimal numbers`(text: String, position: UInt64?) {
        #expect(ReplicationFacts.position(text) == position)
    }

    @Test func `a standby that has everything is not behind, however old the last change is`() {
        let primary = ReplicationFacts(position: 1000)
        #expect(ReplicationFacts(position: 1000, age: 86_400).seconds(behind: primary) == 0)
        #expect(ReplicationFacts(position: 900, age: 1.5).bytes(behind: primary) == 100)
        #expect(ReplicationFacts(position: 900, age: 1.5).seconds(behind: primary) == 1.5)
        #expect(ReplicationFacts(position: 1100, age: 1.5).bytes(behind: primary) == 0)
    }
}
