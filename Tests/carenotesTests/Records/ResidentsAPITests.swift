import Testing

@testable import carenotes

extension PostgresTests {
    @Suite("Residents, holds and appraisals over real sockets") struct ResidentsAPITests {
        let api: RecordsAPI
        private static let ada = #"{"given_name":"Ada","family_name":"Byron","date_of_birth":"1938-02-28","# + rest
        private static let rest = #""nhs_number":"943 476 5919","room":"4b"}"#

        init() throws { api = try RecordsAPI() }

        @Test func `a resident is taken in once, shown, and lies sealed in the table`() throws {
            let first = try api.send("POST", "/api/residents", Self.ada, key: "k")
            let again = try api.send("POST", "/api/residents", Self.ada, key: "k")
            #expect(first.status == 201 && again.body == first.body, "\(first) \(again)")
            let shown = try api.send("GET", "/api/residents/\(first.text("id"))", as: .init(role: .readOnly))
            #expect(shown.body == first.body)
            #expect(shown.text("nhs_number") == "9434765919" && shown.text("status") == "current")
            let dump = try api.cluster.query("SELECT encode(details, 'escape') FROM carenotes.residents")
            #expect(!dump.contains("Ada") && !dump.contains("9434765919") && !dump.isEmpty)
            // The answer of the first request stands, whatever became of the resident since.
            _ = try api.send("PATCH", "/api/residents/\(first.text("id"))", #"{"room":"9"}"#)
            #expect(try api.send("POST", "/api/residents", Self.ada, key: "k").body == first.body)
        }

        @Test func `changes change what they name, and null takes away`() throws {
            let path = "/api/residents/\(try api.resident(Self.ada))"
            let changed = try api.send("PATCH", path, #"{"family_name":"Lovelace","room":null,"nhs_number":null}"#)
            #expect(changed.status == 200 && changed.text("family_name") == "Lovelace", "\(changed)")
            #expect(changed.text("given_name") == "Ada" && changed.text("date_of_birth") == "1938-02-28")
            #expect(changed.text("room") == "<null>" && changed.text("nhs_number") == "<null>")
            let left = try api.send("PATCH", path, #"{"status":"left","care_ended_on":"2020-03-01"}"#)
            #expect(left.text("care_ended_on") == "2020-03-01")
            let back = try api.send("PATCH", path, #"{"status":"current"}"#)
            #expect(back.text("care_ended_on") == "<null>" && back.text("family_name") == "Lovelace")
            let early = try api.send("PATCH", path, #"{"care_ended_on":"2020-03-01"}"#)
            #expect(early.status == 422 && early.fields == ["care_ended_on"], "\(early)")
            #expect(try api.send("GET", path).body == back.body)
        }

        @Test func `lists are filtered and paged`() throws {
            var ids: [String] = []
            for number in 0..<5 {
                ids.append(
                    try api.resident(
                        #"{"given_name":"A","family_name":"B","room":"\#(number % 2)","status":"away"}"#))
            }
            let cases: [(String, [String])] = [
                ("", ids), ("status=away&", ids), ("status=current&", []), ("room=1&", [ids[1], ids[3]]),
            ]
            for (query, expected) in cases {
                var found: [String] = []
                var cursor = ""
                repeat {
                    let page = try api.send("GET", "/api/residents?\(query)limit=2\(cursor)")
                    found += page.rows("residents").map { "\($0["id"] ?? "")" }
                    cursor = (page.members["next"] as? String).map { "&cursor=\($0)" } ?? ""
                } while !cursor.isEmpty
                #expect(found == expected, "\(query)")
            }
        }

        @Test(arguments: [
            ("POST", "/api/residents", Role.carer, 403), ("POST", "/api/residents", .readOnly, 403),
            ("PATCH", "/api/residents/ID", .carer, 403), ("GET", "/api/residents/ID", .readOnly, 200),
            ("PUT", "/api/residents/ID/legal-hold", .carer, 403),
            ("DELETE", "/api/residents/ID/legal-hold", .carer, 403),
            ("POST", "/api/residents/ID/appraisals", .carer, 403), ("GET", "/api/records/due", .carer, 403),
            ("GET", "/api/records/due", .manager, 200), ("POST", "/api/notes", .readOnly, 403),
        ])
        func `each role may do what it may`(_ method: String, _ path: String, _ role: Role, _ status: Int) throws {
            let target = path.replacing("ID", with: try api.resident())
            let reply = try api.send(method, target, method == "GET" ? nil : "{}", as: .init(role: role))
            #expect(reply.status == status, "\(reply)")
        }

        @Test func `a hold is placed once, shown and lifted, and its history stays`() throws {
            let resident = "/api/residents/\(try api.resident())"
            let path = "\(resident)/legal-hold"
            #expect(try api.send("GET", path).status == 404)
            let placed = try api.send("PUT", path, #"{"reason":"Inquest"}"#)
            #expect(placed.status == 201 && placed.text("reason") == "Inquest", "\(placed)")
            let again = try api.send("PUT", path, #"{"reason":"Another"}"#)
            #expect(again.status == 200 && again.body == placed.body)
            #expect(try api.send("GET", path, as: .init(role: .carer)).body == placed.body)
            #expect(try api.send("GET", resident).members["legal_hold"] as? Bool == true)
            for _ in 1...2 { #expect(try api.send("DELETE", path).status == 204) }
            #expect(try api.send("GET", resident).members["legal_hold"] as? Bool == false)
            #expect(
                try api.cluster.query("SELECT count(*) FROM carenotes.legal_holds WHERE lifted_by IS NOT NULL")
                    == "1")
        }

        @Test func `records past their retention are due, until somebody decides`() throws {
            let ended = #"{"given_name":"A","family_name":"B","status":"died","care_ended_on":"\#("DAY")"}"#
            let old = try api.resident(ended.replacing("DAY", with: "2001-05-01"))
            let older = try api.resident(ended.replacing("DAY", with: "2000-05-01"))
            let recent = try api.resident(ended.replacing("DAY", with: "2024-05-01"))
            _ = try api.resident()
            _ = try api.send("PUT", "/api/residents/\(old)/legal-hold", #"{"reason":"Inquest"}"#)
            func due() throws -> [String] {
                var found: [String] = []
                var cursor = ""
                repeat {
                    let page = try api.send("GET", "/api/records/due?limit=1\(cursor)")
                    found += page.rows("records").map { "\($0["id"] ?? "") \($0["legal_hold"] ?? "")" }
                    cursor = (page.members["next"] as? String).map { "&cursor=\($0)" } ?? ""
                } while !cursor.isEmpty
                return found
            }
            #expect(try due() == ["\(older) 0", "\(old) 1"])
            let early = try api.send(
                "POST", "/api/residents/\(recent)/appraisals", #"{"decision":"destroy","reason":"r"}"#)
            #expect(early.status == 409 && early.code == "record-not-due", "\(early)")
            let held = try api.send(
                "POST", "/api/residents/\(old)/appraisals", #"{"decision":"destroy","reason":"r"}"#)
            #expect(held.status == 409 && held.code == "legal-hold", "\(held)")
            let retained = try api.send(
                "POST", "/api/residents/\(older)/appraisals",
                #"{"decision":"retain","reason":"Research","retain_until":"2090-01-01"}"#)
            #expect(retained.status == 201 && retained.text("retain_until") == "2090-01-01", "\(retained)")
            #expect(try due() == ["\(old) 1"])
            #expect(try api.rowCounts()["appraisal_decisions"] == "1")
        }

        @Test func `destruction takes all personal data, leaves tombstones, and nothing of it comes back`() throws
        {
            let body = #"{"given_name":"Canary","family_name":"B","status":"left","care_ended_on":"2001-05-01"}"#
            let id = try api.send("POST", "/api/residents", body, key: "first").text("id")
            let note = try api.note("Canary note", about: id, tags: #"["canary"]"#).text("id")
            let kept = try api.note("Kept", about: try api.resident()).text("id")
            _ = try api.send("POST", "/api/notes/\(note)/amendments", #"{"body":"Canary b","reason":"Canary r"}"#)
            let path = "/api/residents/\(id)/appraisals"
            let decision = #"{"decision":"destroy","reason":"Eight years have passed"}"#
            let done = try api.send("POST", path, decision, key: "destroy")
            #expect(done.status == 201 && done.text("destroyed_at") != "<null>", "\(done)")
            #expect(try api.send("POST", path, decision, key: "destroy").body == done.body, "a replay")
            let again = try api.send("POST", path, decision)
            #expect(again.status == 409 && again.code == "record-destroyed", "\(again)")
            let resident = try api.send("GET", "/api/residents/\(id)")
            #expect(resident.text("given_name") == "<null>" && resident.text("destroyed_at") != "<null>")
            let tombstone = try api.send("GET", "/api/notes/\(note)")
            #expect(tombstone.text("body") == "<null>" && tombstone.text("destroyed_at") != "<null>")
            #expect(tombstone.rows("amendments").map { "\($0["reason"] ?? "")" } == ["<null>"])
            #expect(try api.send("GET", "/api/notes/\(kept)").text("body") == "Kept")
            for change in ["note", "amendment", "patch", "hold"] {
                #expect(try attempt(change, id, note).code == "record-destroyed", "\(change)")
            }
            // The kept answers of the requests that made it are gone, too.
            #expect(
                try api.cluster.query("SELECT count(*) FROM carenotes.idempotency_keys WHERE key = 'first'") == "0"
            )
        }

        private func attempt(_ change: String, _ resident: String, _ note: String) throws -> RecordsAPI.Reply {
            switch change {
            case "note": try api.note("x", about: resident)
            case "amendment": try api.send("POST", "/api/notes/\(note)/amendments", #"{"body":"b","reason":"r"}"#)
            case "patch": try api.send("PATCH", "/api/residents/\(resident)", #"{"room":"1"}"#)
            default: try api.send("PUT", "/api/residents/\(resident)/legal-hold", #"{"reason":"r"}"#)
            }
        }
    }
}
