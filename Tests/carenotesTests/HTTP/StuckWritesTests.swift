import Foundation
import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    /// A replica over real sockets whose primary stands still, while the standby goes on.
    struct StuckWritesTests {
        private let cluster: PostgresCluster
        private let service: ScratchService
        private let token: String

        init() throws {
            cluster = try WithPostgres.cluster
            try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
            var settings = cluster.settings()
            settings.poolMaximum = 2
            // The circuit of writes stays closed, so that they get stuck.
            service = try ScratchService(database: settings) { $0.circuitThreshold = 1_000_000 }
            try waitUntil { [service] in service.service.state.hasStarted }
            let claims = AccessToken.Claims(
                issuer: service.settings.origin, subject: author.subjectID, organisation: organisation,
                role: Role.manager.rawValue, id: "t", now: WallClock.seconds(), lifetime: 600)
            token = AccessToken.mint(claims, key: service.settings.signingKey)
        }

        private func ask(_ method: String, _ path: String, _ body: String = "") throws -> String {
            let head =
                "\(method) \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n"
                + "Idempotency-Key: \(UUID().uuidString)\r\nContent-Type: application/json\r\n"
            let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
            return try service.exchange([head + length + "\r\n" + body], patience: 40_000, staysOpen: true)
        }

        private func takeIn() -> String {
            (try? ask("POST", "/api/residents", #"{"given_name":"Ada","family_name":"Byron"}"#)) ?? ""
        }

        @Test func `writes that are stuck hold up no read, and those behind them are told soon to come back`()
            throws
        {
            #expect(takeIn().hasPrefix("HTTP/1.1 201"))
            try waitUntil { try ask("GET", "/api/residents").contains("Ada") }
            let primary = try #require(cluster.server(PostgresCluster.primary))
            primary.freeze()
            defer { primary.thaw() }
            let test = self
            let replies = inParallel(9) { client -> [String] in
                if client > 0 { return [test.takeIn()] }
                // Until writes were refused for their wait, which is while two of them are stuck still.
                var reads: [String] = []
                let writes = test.service.service.workers[.writes]
                for _ in 0..<400 where (writes?.statistics.expired ?? 0) < 6 {
                    reads.append((try? test.ask("GET", "/api/residents")) ?? "")
                    usleep(20_000)
                }
                if writes?.statistics.running != 2 { reads.append("no write was stuck any more") }
                primary.thaw()
                return reads
            }.flatMap(\.self)
            let reads = replies.filter { $0.contains(#""residents":["#) }
            let refused = replies.filter { $0.contains(#""code":"overloaded""#) }
            #expect(!reads.isEmpty && refused.count == 6)
            for reply in refused {
                #expect(reply.hasPrefix("HTTP/1.1 503") && reply.contains("\r\nRetry-After: "))
            }
            // What was refused was not done. The two that were stuck were, once the primary went on, or failed.
            #expect(reads.count + refused.count + 2 == replies.count, "\(replies)")
            let metrics = try ask("GET", "/api/metrics")
            #expect(
                metrics.contains(#"carenotes_bulkhead_refusals_total{lane="writes",reason="waited_too_long"} 6"#))
            #expect(
                metrics.contains(#"carenotes_bulkhead_refusals_total{lane="reads",reason="waited_too_long"} 0"#))
        }
    }
}
