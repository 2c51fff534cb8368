import Foundation
import Testing

@testable import carenotes

extension PostgresTests {
    /// Whatever a client sends, and wherever: none of it may stand in the log, at the level that logs most.
    struct LogCanaryTests {
        private static let canary = "Canary7"

        /// Places of a request that are logged in other servers.
        private static let heads: [(String, [String])] = [
            ("GET /api/residents/Canary7", []), ("GET /api/notes?tag=Canary7", []),
            ("GET /api/notes?Canary7=1", []),
            ("GET /Canary7", []), ("Canary7 /api/notes", []), ("GET /api/health?Canary7", []),
            ("GET /api/notes", ["X-Request-Id: Canary7 é"]), ("GET /api/health", ["X-Request-Id: Canary7 é"]),
            ("GET /api/notes", ["traceparent: 00-Canary7"]), ("GET /api/notes", ["tracestate: a=Canary7"]),
            ("GET /api/notes", ["User-Agent: Canary7"]), ("GET /api/notes", ["Referer: https://a/Canary7"]),
            ("GET /api/notes", ["Cookie: a=Canary7"]), ("GET /api/notes", ["Authorization: Bearer Canary7"]),
            ("GET /api/notes", ["Authorization: Basic Canary7"]), ("GET /api/notes", ["Origin: https://Canary7"]),
            ("GET /api/notes", ["X-Forwarded-For: Canary7"]), ("GET /api/notes", ["Accept: Canary7/x"]),
            ("GET /api/notes", ["If-None-Match: Canary7"]), ("POST /api/notes", ["Content-Length: Canary7"]),
            ("POST /api/notes", ["Idempotency-Key: Canary7", "Content-Length: 0"]),
        ]

        private static let bodies: [(String, String, String)] = [
            ("POST", "/api/residents", #"{"given_name":"Canary7","family_name":"Canary7","room":"Canary7"}"#),
            ("POST", "/api/notes", #"{"resident_id":"ID","body":"Canary7","tags":["x"]}"#),
            ("POST", "/api/notes", #"{"resident_id":"Canary7","body":{"Canary7":1}}"#),
            ("PATCH", "/api/residents/ID", #"{"nhs_number":"Canary7","Canary7":"Canary7"}"#),
            ("PUT", "/api/residents/ID/legal-hold", #"{"reason":"Canary7"}"#),
            ("POST", "/api/auth/login", #"{"email":"Canary7@example.org","password":"Canary7 Canary7"}"#),
            ("POST", "/api/auth/login", #"{"email":"Canary7","password":"Canary7"}"#),
            ("POST", "/api/auth/refresh", #"{"refresh_token":"Canary7"}"#),
            ("POST", "/api/auth/setup", #"{"setup_token":"Canary7","organisation":"Canary7"}"#),
            (
                "POST", "/api/users",
                #"{"email":"Canary7@example.org","password":"Canary7 Canary7","role":"carer"}"#
            ),
        ]

        @Test func `what requests hold never gets into the log, and their templates, ids and traces do`() throws {
            let api = try RecordsAPI()
            let resident = try api.resident()
            for (line, headers) in Self.heads {
                let head = ["\(line) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
                _ = try api.exchange(head.joined(separator: "\r\n") + "\r\n\r\n")
            }
            for (method, path, body) in Self.bodies {
                let reply = try api.send(
                    method, path.replacing("ID", with: resident), body.replacing("ID", with: resident),
                    key: "Canary7")
                #expect(reply.status != 500, "\(reply)")
            }
            let trace = "0af7651916cd43dd8448eb211c80319c"
            let parent = "traceparent: 00-\(trace)-b7ad6b7169203331-01"
            _ = try api.send("GET", "/api/notes", headers: [parent, "X-Request-Id: known-1"])
            let log = api.log
            #expect(!log.localizedCaseInsensitiveContains(Self.canary) && !log.contains(resident))
            #expect(
                log.contains(#""trace_id":"\#(trace)""#) && log.contains(#""parent_span_id":"b7ad6b7169203331""#))
            #expect(log.contains(#""route":"/api/residents/{id}""#) && log.contains(#""request_id":"known-1""#))
            for line in log.split(separator: "\n") {
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
            }
        }

        @Test func `every status that was answered is in the contract`() throws {
            let api = try RecordsAPI()
            let resident = try api.resident()
            for (line, headers) in Self.heads {
                let head = ["\(line) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
                _ = try api.exchange(head.joined(separator: "\r\n") + "\r\n\r\n")
            }
            for (method, path, body) in Self.bodies {
                for body in [body, "", "{", body.replacing("ID", with: resident)] {
                    for role in Role.allCases {
                        let caller = RecordsAPI.Caller(role: role)
                        _ = try api.send(method, path.replacing("ID", with: resident), body, as: caller)
                        _ = try api.send(method, path, body, as: caller, type: "text/plain")
                    }
                }
            }
            for operation in Operation.allCases {
                let contract = operation.contract
                for status in Status.allCases where api.metrics.count(contract.route, contract.method, status) > 0
                {
                    #expect(contract.statuses.contains(status), "\(operation) \(status)")
                }
            }
        }
    }
}
