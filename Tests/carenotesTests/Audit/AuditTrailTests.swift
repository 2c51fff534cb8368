import Foundation
import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    @Suite("Who read and changed what is written down") struct AuditTrailTests {
        let api: RecordsAPI
        private let admin = RecordsAPI.Caller(role: .admin)

        init() throws { api = try RecordsAPI() }

        /// What the trail shows an administrator once everything was shipped.
        private func events(_ query: String = "", count: Int) throws -> [[String: Any]] {
            var events: [[String: Any]] = []
            try PostgresTests.waitUntil {
                events = try api.send("GET", "/api/audit?limit=200\(query)", as: admin).rows("events")
                    .filter { "\($0["action"] ?? "")" != "GET /api/audit" }
                return events.count >= count
            }
            return events
        }

        @Test func `each read and each change of a record is an event of its own`() throws {
            let resident = try api.resident()
            let note = try api.note("Slept well", about: resident).text("id")
            let carer = RecordsAPI.Caller(role: .carer)
            _ = try api.send(
                "GET", "/api/notes/\(note)", as: carer,
                headers: ["X-Forwarded-For: 192.0.2.7", "X-Request-Id: r1"])
            _ = try api.send("GET", "/api/notes?resident_id=\(resident)")
            _ = try api.send("GET", "/api/residents/\(resident)")
            _ = try api.send("GET", "/api/residents")
            _ = try api.send("PATCH", "/api/residents/\(resident)", #"{"room":"9"}"#)
            _ = try api.send("POST", "/api/notes/\(note)/amendments", #"{"body":"b","reason":"r"}"#)
            _ = try api.send("PUT", "/api/residents/\(resident)/legal-hold", #"{"reason":"r"}"#)
            _ = try api.send("DELETE", "/api/residents/\(resident)/legal-hold")
            let events = try events(count: 10)
            let actions = events.map { "\($0["kind"] ?? "") \($0["action"] ?? "")" }
            #expect(
                actions == [
                    "change POST /api/residents", "change POST /api/notes", "read GET /api/notes/{id}",
                    "read GET /api/notes", "read GET /api/residents/{id}", "read GET /api/residents",
                    "change PATCH /api/residents/{id}", "change POST /api/notes/{id}/amendments",
                    "change PUT /api/residents/{id}/legal-hold", "change DELETE /api/residents/{id}/legal-hold",
                ])
            let about = events.filter { "\($0["action"] ?? "")" != "GET /api/residents" }
            #expect(about.allSatisfy { "\($0["resident_id"] ?? "")" == resident }, "\(events)")
            let read = events[2]
            #expect("\(read["record_id"] ?? "")" == note && "\(read["actor_role"] ?? "")" == "carer")
            #expect("\(read["client"] ?? "")" == "192.0.2.7" && "\(read["request_id"] ?? "")" == "r1")
            #expect(events[3]["count"] as? Int == 1 && events[5]["count"] as? Int == 1)
            let text = try api.cluster.query(
                "SELECT string_agg(convert_from(entry, 'UTF8'), ' ') FROM carenotes.audit_events")
            #expect(!text.contains("Slept") && !text.contains("Ada"))
        }

        @Test func `filters by resident, actor and time, page by page, and as JSON Lines`() throws {
            let (first, second) = (try api.resident(), try api.resident())
            let other = RecordsAPI.Caller(subject: "00000000-0000-4000-8000-0000000000bb", role: .manager)
            _ = try api.send("GET", "/api/residents/\(first)", as: other)
            _ = try events(count: 3)
            #expect(try events("&resident_id=\(second)", count: 1).count == 1)
            #expect(
                try events("&actor_id=\(other.subject)", count: 1).map { "\($0["resident_id"] ?? "")" } == [first])
            #expect(try api.send("GET", "/api/audit?from=2199-01-01", as: admin).rows("events").isEmpty)
            #expect(try api.send("GET", "/api/audit?to=2000-01-01", as: admin).rows("events").isEmpty)
            let page = try api.send("GET", "/api/audit?limit=2", as: admin)
            let next = try api.send("GET", "/api/audit?limit=2&cursor=\(page.text("next"))", as: admin)
            let ids = (page.rows("events") + next.rows("events")).map { "\($0["id"] ?? "")" }
            #expect(ids.count == 4 && Set(ids).count == 4)
            let lines = try api.send(
                "GET", "/api/audit?limit=2", as: admin, headers: ["Accept: application/jsonl"])
            #expect(lines.header("Content-Type") == "application/jsonl")
            #expect(lines.header("Next-Cursor") == page.text("next"))
            let objects = lines.body.split(separator: "\n").map { Data($0.utf8) }
                .compactMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] }
            #expect(objects.map { "\($0["id"] ?? "")" } == Array(ids.prefix(2)))
        }

        @Test(arguments: [Role.manager, .carer, .readOnly])
        func `only administrators see the trail, and who tried stands in it`(role: Role) throws {
            let reply = try api.send("GET", "/api/audit", as: RecordsAPI.Caller(role: role))
            #expect(reply.status == 403 && reply.code == "not-allowed")
            let caller = RecordsAPI.Caller(organisation: PostgresTests.otherOrganisation, role: .admin)
            #expect(try api.send("GET", "/api/audit", as: caller).rows("events").isEmpty)
            try PostgresTests.waitUntil {
                try api.send("GET", "/api/audit", as: admin).rows("events")
                    .contains { "\($0["outcome"] ?? "")" == "not-allowed" }
            }
        }

        @Test func `asking for what is not there is an event, too`() throws {
            _ = try api.send("GET", "/api/residents/\(PostgresTests.resident)")
            let event = try events(count: 1)[0]
            #expect("\(event["outcome"] ?? "")" == "no-such-resource")
            #expect("\(event["record_id"] ?? "")" == PostgresTests.resident)
        }

        @Test func `a change that is answered again is written down as that, a refused one not at all`() throws {
            let body = #"{"given_name":"A","family_name":"B"}"#
            for _ in 0..<3 { _ = try api.send("POST", "/api/residents", body, key: "same") }
            _ = try api.send("POST", "/api/residents", #"{"given_name":"C","family_name":"B"}"#, key: "same")
            let outcomes = try events(count: 3).map { "\($0["outcome"] ?? "")" }
            #expect(outcomes == ["ok", "replayed", "replayed"])
            let ids = try events(count: 3).map { "\($0["record_id"] ?? "")" }
            #expect(Set(ids).count == 1)
        }

        @Test(
            arguments: ["carenotes_app", "carenotes_owner"],
            [
                "UPDATE carenotes.audit_events SET action = ''", "DELETE FROM carenotes.audit_events",
                "TRUNCATE carenotes.audit_events",
            ])
        func `neither the application nor the owner changes or removes an event`(role: String, statement: String)
            throws
        {
            _ = try api.resident()
            let before = try api.cluster.query("SELECT count(*) FROM carenotes.audit_events")
            let setting = "SET ROLE \(role); SET carenotes.organisation = '\(PostgresTests.organisation)';"
            #expect(throws: ServerFailure.self) { try api.cluster.query("\(setting) \(statement)") }
            // Also for an owner who gives himself the right again.
            #expect(throws: ServerFailure.self) {
                try api.cluster.query(
                    "SET ROLE carenotes_owner; GRANT ALL ON carenotes.audit_events TO carenotes_owner; \(setting) \(statement)"
                )
            }
            #expect(try api.cluster.query("SELECT count(*) FROM carenotes.audit_events") == before)
            #expect(before != "0")
        }

        @Test func `without a place to write it down, nothing is shown, and changes go on`() throws {
            let resident = try api.resident()
            let note = try api.note("A", about: resident).text("id")
            try api.breakSpool()
            for path in [
                "/api/notes", "/api/notes/\(note)", "/api/residents", "/api/residents/\(resident)", "/api/audit",
            ] {
                let reply = try api.send("GET", path, as: admin)
                #expect(reply.status == 503 && reply.code == "audit-unavailable", "\(path): \(reply)")
                #expect(reply.header("Retry-After") != nil && !reply.body.contains(resident))
            }
            #expect(try api.note("B", about: resident).status == 201)
            #expect(api.log.contains("audit spool"))
            #expect(try api.send("GET", "/api/metrics").body.contains("carenotes_audit_failures_total 5"))
        }
    }
}
