import Testing

@testable import carenotes

extension PostgresTests {
    @Suite("Bad input over real sockets") struct BadInputTests {
        struct Case: Sendable, CustomTestStringConvertible {
            var method: String
            var target: String
            var body: String?
            var status: Int
            var code: String
            var field: String?

            init(
                _ method: String, _ target: String, _ body: String?, _ status: Int, _ code: String,
                _ field: String?
            ) {
                (self.method, self.target, self.body) = (method, target, body)
                (self.status, self.code, self.field) = (status, code, field)
            }

            var testDescription: String { "\(method) \(target) \(body?.prefix(60) ?? "")" }
        }

        private static let other = "00000000-0000-4000-8000-0000000000bb"

        /// ID stands for a resident, NOTE for a note.
        private static let bodies: [(String, String, String?)] = [
            ("", "malformed-json", "(body)"), ("Canary", "malformed-json", "(body)"),
            ("[]", "malformed-json", "(body)"),
            (#"{"resident_id":"ID","body":"Canary""#, "malformed-json", "body"),
            (#"{"resident_id":"ID","body":"Canary"} x"#, "malformed-json", "(body)"),
            (#"{"resident_id":"ID","body":"Canary","body":"Canary"}"#, "malformed-json", "body"),
            (#"{"resident_id":"ID","body":{"a":"Canary"}}"#, "malformed-json", "body"),
            (#"{"resident_id":"ID","body":"# + String(repeating: "[", count: 20_000), "malformed-json", "body"),
            (#"{"resident_id":"ID","body":1e999}"#, "malformed-json", "body"),
            (#"{"resident_id":"ID","body":123456789012345678901234567890}"#, "malformed-json", "body"),
            (#"{"resident_id":"ID","body":"Canary \ud800"}"#, "malformed-json", "body"),
            (#"{"resident_id":"ID","body":"Canary \udc00\ud800"}"#, "malformed-json", "body"),
            ("{\"resident_id\":\"ID\",\"body\":\"Canary \u{0}\"}", "malformed-json", "body"),
            (#"{"resident_id":"ID","body":"Canary \u0000"}"#, "invalid-field", "body"),
            (#"{"resident_id":"ID","body":7}"#, "invalid-field", "body"),
            (#"{"resident_id":"ID","body":""}"#, "invalid-field", "body"),
            (#"{"resident_id":"ID","body":null}"#, "invalid-field", "body"),
            (#"{"resident_id":"ID"}"#, "invalid-field", "body"),
            (
                #"{"resident_id":"ID","body":""# + String(repeating: "a", count: 20_001) + #""}"#, "invalid-field",
                "body"
            ),
            (#"{"resident_id":"x","body":"Canary"}"#, "invalid-field", "resident_id"),
            (#"{"resident_id":["ID"],"body":"Canary"}"#, "invalid-field", "resident_id"),
            (#"{"body":"Canary"}"#, "invalid-field", "resident_id"),
            (#"{"resident_id":"ID","body":"Canary","author_id":"ID"}"#, "invalid-field", "author_id"),
            (#"{"resident_id":"ID","body":"Canary","Canary 1":1}"#, "invalid-field", "(unnamed)"),
            (#"{"resident_id":"ID","body":"Canary","tags":"x"}"#, "invalid-field", "tags"),
            (#"{"resident_id":"ID","body":"Canary","tags":["Ada Byron"]}"#, "invalid-field", "tags"),
            (
                #"{"resident_id":"ID","body":"Canary","tags":["a","b","c","d","e","f","g","h","i","j","k"]}"#,
                "invalid-field", "tags"
            ),
        ]

        private static let residents: [(String, String?)] = [
            (#"{"given_name":"Canary"}"#, "family_name"),
            (#"{"given_name":null,"family_name":"Canary"}"#, "given_name"),
            (#"{"given_name":"C\u0000","family_name":"Canary"}"#, "given_name"),
            (
                #"{"given_name":""# + String(repeating: "a", count: 101) + #"","family_name":"Canary"}"#,
                "given_name"
            ),
            (#"{"given_name":"A","family_name":"B","date_of_birth":"2026-02-30"}"#, "date_of_birth"),
            (#"{"given_name":"A","family_name":"B","date_of_birth":"1899-12-31"}"#, "date_of_birth"),
            (#"{"given_name":"A","family_name":"B","date_of_birth":"2190-01-01"}"#, "date_of_birth"),
            (#"{"given_name":"A","family_name":"B","date_of_birth":"99999-01-01"}"#, "date_of_birth"),
            (#"{"given_name":"A","family_name":"B","date_of_birth":19380228}"#, "date_of_birth"),
            (#"{"given_name":"A","family_name":"B","nhs_number":"9434765918"}"#, "nhs_number"),
            (#"{"given_name":"A","family_name":"B","room":""}"#, "room"),
            (#"{"given_name":"A","family_name":"B","status":"gone"}"#, "status"),
            (#"{"given_name":"A","family_name":"B","status":null}"#, "status"),
            (
                #"{"given_name":"A","family_name":"B","status":"left","care_ended_on":"2190-01-01"}"#,
                "care_ended_on"
            ),
            (#"{"given_name":"A","family_name":"B","id":"x"}"#, "id"),
        ]

        private static let others: [Case] = [
            Case(
                "POST", "/api/residents", #"{"given_name":"A","family_name":"B","care_ended_on":"2001-01-01"}"#,
                422, "invalid-field", "care_ended_on"),
            Case(
                "POST", "/api/notes", #"{"resident_id":"\#(other)","body":"Canary"}"#, 422, "unknown-resident",
                "resident_id"),
            Case(
                "POST", "/api/notes",
                #"{"resident_id":"ID","body":""# + String(repeating: "a", count: 1_000_000) + #""}"#, 413,
                "body-too-large", "(body)"),
            Case(
                "POST", "/api/notes",
                #"{"resident_id":"ID","body":""# + String(repeating: "é", count: 1_000_000) + #""}"#, 413,
                "body-too-large", "(body)"),
            Case(
                "POST", "/api/notes?body=Canary", #"{"resident_id":"ID","body":"Canary"}"#, 400,
                "invalid-parameter", "body"),
            Case("POST", "/api/notes/NOTE/amendments", #"{"body":"Canary"}"#, 400, "invalid-field", "reason"),
            Case(
                "POST", "/api/notes/NOTE/amendments", #"{"body":"","reason":"Canary"}"#, 400, "invalid-field",
                "body"),
            Case(
                "POST", "/api/notes/x/amendments", #"{"body":"Canary","reason":"r"}"#, 404, "no-such-resource", nil
            ),
            Case(
                "POST", "/api/notes/\(other)/amendments", #"{"body":"Canary","reason":"r"}"#, 404,
                "no-such-resource", nil),
            Case("PATCH", "/api/residents/ID", #"{"given_name":null}"#, 400, "invalid-field", "given_name"),
            Case("PATCH", "/api/residents/ID", #"{"room":5}"#, 400, "invalid-field", "room"),
            Case("PATCH", "/api/residents/ID", "Canary", 400, "malformed-json", "(body)"),
            Case("PATCH", "/api/residents/\(other)", #"{"room":"5"}"#, 404, "no-such-resource", nil),
            Case("PUT", "/api/residents/ID/legal-hold", "{}", 400, "invalid-field", "reason"),
            Case("PUT", "/api/residents/x/legal-hold", #"{"reason":"Canary"}"#, 404, "no-such-resource", nil),
            Case(
                "POST", "/api/residents/ID/appraisals", #"{"decision":"keep","reason":"Canary"}"#, 400,
                "invalid-field", "decision"),
            Case(
                "POST", "/api/residents/ID/appraisals", #"{"decision":"retain","reason":"Canary"}"#, 400,
                "invalid-field", "retain_until"),
            Case(
                "POST", "/api/residents/ID/appraisals",
                #"{"decision":"retain","reason":"r","retain_until":"2001-01-01"}"#, 400, "invalid-field",
                "retain_until"),
            Case(
                "POST", "/api/residents/ID/appraisals",
                #"{"decision":"destroy","reason":"r","retain_until":"2090-01-01"}"#, 400, "invalid-field",
                "retain_until"),
            Case(
                "POST", "/api/residents/ID/appraisals", #"{"decision":"destroy","reason":"r"}"#, 409,
                "record-not-due", nil),
            Case("DELETE", "/api/notes/NOTE", nil, 405, "method-not-allowed", nil),
            Case("PATCH", "/api/notes/NOTE", #"{"body":"Canary"}"#, 405, "method-not-allowed", nil),
            Case("DELETE", "/api/residents/ID", nil, 405, "method-not-allowed", nil),
        ]

        private static let queries: [Case] = [
            ("notes?limit=0", "limit"), ("notes?limit=201", "limit"), ("notes?limit=+5", "limit"),
            ("notes?limit=5.0", "limit"),
            ("notes?limit=", "limit"), ("notes?limit=99999999999999999999", "limit"),
            ("notes?limit=1&limit=1", "limit"),
            ("notes?LIMIT=1", "LIMIT"), ("notes?Canary%201=1", "(unnamed)"), ("notes?q=Canary", "q"),
            ("notes?limit", "limit"),
            ("notes?resident_id=x", "resident_id"),
            ("notes?resident_id=\(other)&resident_id=\(other)", "resident_id"),
            ("notes?author_id=%00", "author_id"), ("notes?tag=A%20b", "tag"), ("notes?tag=%C3%A9", "tag"),
            ("notes?tag=%", "tag"),
            ("notes?tag=%zz", "tag"), ("notes?tag=%ff", "tag"), ("notes?from=yesterday", "from"),
            ("notes?from=2026-02-30", "from"),
            ("notes?from=1899-12-31", "from"), ("notes?to=infinity", "to"),
            ("notes?to=2026-11-23T25:00:00Z", "to"),
            ("notes?to=292278-01-01", "to"), ("residents?status=gone", "status"), ("residents?room=", "room"),
            ("residents?room=%00", "room"), ("residents/ID?x=1", "x"), ("notes/NOTE?x=1", "x"),
            ("records/due?limit=x", "limit"),
            ("records/due?status=left", "status"),
        ].map { Case("GET", "/api/\($0.0)", nil, 400, "invalid-parameter", $0.1) }

        private static let cursors: [Case] = [
            "", "x", "AAAA",
            "MjAyNi0xMy00NVQ5OTo5OTo5OS45OTk5OTlaMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw", "%00",
            "x&cursor=x",
        ]
        .flatMap { cursor in
            ["notes", "residents", "records/due"].map {
                Case("GET", "/api/\($0)?cursor=\(cursor)", nil, 400, "invalid-cursor", "cursor")
            }
        }

        private static let cases =
            bodies.map { Case("POST", "/api/notes", $0.0, 400, $0.1, $0.2) }
            + residents.map { Case("POST", "/api/residents", $0.0, 400, "invalid-field", $0.1) }
            + others + queries + cursors

        @Test func `each is refused with a problem that names the field, and leaves no trace`() throws {
            let api = try RecordsAPI()
            let resident = try api.resident()
            let note = try api.note("Fine", about: resident).text("id")
            let before = try api.rowCounts()
            let shown = try api.send("GET", "/api/residents/\(resident)").body
            for item in Self.cases {
                func filled(_ text: String) -> String {
                    text.replacing("ID", with: resident).replacing("NOTE", with: note)
                }
                let target = item.target.contains("LIMIT") ? item.target : filled(item.target)
                let reply = try api.send(item.method, target, item.body.map(filled))
                #expect(
                    reply.status == item.status && reply.code == item.code, "\(item.testDescription): \(reply)")
                #expect(reply.header("Content-Type") == "application/problem+json", "\(item.testDescription)")
                if let field = item.field {
                    #expect(reply.fields.contains(field), "\(item.testDescription): \(reply)")
                }
                #expect(!reply.body.contains("Canary"), "\(item.testDescription): \(reply)")
            }
            #expect(try api.rowCounts() == before)
            #expect(try api.send("GET", "/api/residents/\(resident)").body == shown)
            #expect(api.log.contains("/api/residents/{id}") && !api.log.contains("Canary"))
            #expect(!api.log.contains(resident) && !api.log.contains(note) && !api.log.contains(Self.other))
        }

        @Test(arguments: [
            "text/plain", "application/jsonx", "application/x-www-form-urlencoded", "multipart/form-data", "",
        ])
        func `another content type is refused`(type: String) throws {
            let api = try RecordsAPI()
            let reply = try api.send(
                "POST", "/api/residents", #"{"given_name":"A","family_name":"B"}"#, type: type)
            #expect(reply.status == 415 && reply.fields == ["Content-Type"], "\(reply)")
            #expect(try api.rowCounts()["residents"] == "0")
        }

        @Test func `a POST without one usable Idempotency-Key is refused, on every route`() throws {
            let api = try RecordsAPI()
            let resident = try api.resident()
            let note = try api.note("Fine", about: resident).text("id")
            let before = try api.rowCounts()
            let posts = [
                ("/api/residents", #"{"given_name":"A","family_name":"B"}"#),
                ("/api/notes", #"{"resident_id":"\#(resident)","body":"b"}"#),
                ("/api/notes/\(note)/amendments", #"{"body":"b","reason":"r"}"#),
                ("/api/residents/\(resident)/appraisals", #"{"decision":"destroy","reason":"r"}"#),
            ]
            let keys: [[String]] = [[], ["a", "b"], [""], ["a b"], [String(repeating: "k", count: 256)], ["é"]]
            for (path, body) in posts {
                for key in keys {
                    let headers = key.map { "Idempotency-Key: \($0)" }
                    let reply = try api.send("POST", path, body, key: nil, headers: headers)
                    #expect(
                        reply.status == 400 && reply.code == "invalid-idempotency-key", "\(path) \(key): \(reply)")
                    #expect(reply.fields == ["Idempotency-Key"])
                }
            }
            #expect(try api.rowCounts() == before)
        }
    }
}
