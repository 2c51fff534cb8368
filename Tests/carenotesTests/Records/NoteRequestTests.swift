import Secrets
import Testing

@testable import carenotes

@Suite("Requests to write and list notes")
struct NoteRequestTests {
    private static let resident = "00000000-0000-8000-8000-0000000000AB"

    private func request(
        _ body: String, key: [String] = ["k1"], type: String? = "application/json; charset=utf-8"
    ) -> Request {
        var request = Request(method: .post, route: .notes, id: "r", body: Array(body.utf8))
        for value in key { request.headers.append("Idempotency-Key", value) }
        if let type { request.headers.append("content-type", type) }
        return request
    }

    private func body(_ text: String) -> String { #"{"resident_id":"\#(Self.resident)","body":"\#(text)"}"# }

    @Test("a good one is read, and hashes the same however its JSON is spaced")
    func good() throws {
        let one = try NoteRequest(request(body("Slept \\u0041\\n")))
        #expect(one.note == NewNote(residentID: Self.resident.lowercased(), body: "Slept A\n"))
        let other = try NoteRequest(
            request(#" { "body" : "Slept A\n" , "resident_id" : "\#(Self.resident.lowercased())" } "#))
        let key = SecretBytes("key")
        #expect(one.hash(key: key) == other.hash(key: key))
        #expect(one.hash(key: key) != one.hash(key: SecretBytes("another")))
        #expect(try one.hash(key: key) != NoteRequest(request(body("Slept B"))).hash(key: key))
    }

    @Test(
        "what is wrong with the body has its own code",
        arguments: [
            ("", "malformed-json"), ("[]", "malformed-json"), (#"{"body":1.5}"#, "malformed-json"),
            (#"{"a":"b","a":"c"}"#, "malformed-json"), (#"{"body":"x"}"#, "invalid-field"),
            (#"{"resident_id":"x","body":"y"}"#, "invalid-field"),
            (#"{"resident_id":"00000000-0000-8000-8000-0000000000ab","body":""}"#, "invalid-field"),
            (#"{"resident_id":"00000000-0000-8000-8000-0000000000ab","body":7}"#, "invalid-field"),
            (#"{"resident_id":"00000000-0000-8000-8000-0000000000ab","body":"x","z":1}"#, "invalid-field"),
        ])
    func badBody(_ text: String, _ code: String) {
        let problem = #expect(throws: Problem.self) { try NoteRequest(request(text)) }
        #expect(problem?.code.rawValue == code)
    }

    @Test("a body of 20,000 characters is taken, and not one more")
    func length() throws {
        _ = try NoteRequest(request(body(String(repeating: "é", count: 20_000))))
        #expect(throws: Problem.self) { try NoteRequest(request(body(String(repeating: "a", count: 20_001)))) }
    }

    @Test(
        "the idempotency key must stand once, visible, 255 long at most",
        arguments: [[], ["a", "b"], [""], ["a b"]])
    func keys(_ keys: [String]) {
        let problem = #expect(throws: Problem.self) { try NoteRequest(request(body("x"), key: keys)) }
        #expect(problem?.code == .invalidIdempotencyKey)
    }

    @Test("only JSON is read", arguments: [nil, "text/plain", "application/jsonx"])
    func contentType(_ type: String?) {
        let problem = #expect(throws: Problem.self) { try NoteRequest(request(body("x"), type: type)) }
        #expect(problem?.status == .unsupportedMediaType)
    }

    @Test("limits outside 1 to 200 are refused", arguments: ["0", "201", "x", ""])
    func limits(_ limit: String) {
        var request = Request(method: .get, route: .notes, id: "r")
        request.query.append("resident_id", Self.resident)
        request.query.append("limit", limit)
        #expect(throws: Problem.self) { try NoteQuery(request) }
    }
}
