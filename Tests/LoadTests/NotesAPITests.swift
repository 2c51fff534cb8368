import Testing
import Transport

@testable import careload

@Suite struct NotesAPITests {
    @Test(arguments: [("abc-._~09", "abc-._~09"), ("a+b/c=", "a%2Bb%2Fc%3D"), ("é &", "%C3%A9%20%26")])
    func `a cursor is put into a query`(text: String, encoded: String) {
        #expect(NotesAPI.percentEncoded(text) == encoded)
    }

    @Test func `a write carries its key and its token`() throws {
        let request = try NotesAPI.create(
            "slept \"well\"", resident: "r", key: "k", authorization: HTTPHeader("Authorization", "Bearer t"))
        #expect(request.method == "POST" && request.target == "/api/notes")
        #expect(request.headers.contains(HTTPHeader("Idempotency-Key", "k")))
        #expect(request.headers.contains(HTTPHeader("Authorization", "Bearer t")))
        let text = String(decoding: request.body, as: UTF8.self)
        #expect(text.contains(#""resident_id":"r""#) && text.contains(#""body":"slept \"well\"""#))
    }

    @Test func `pages are read with and without a next one`() {
        let last = HTTPResponse(
            status: 200, body: Array(#"{"notes":[{"id":"1","body":"b","x":2}],"next":null}"#.utf8))
        #expect(NotesAPI.page(last)?.notes == [.init(id: "1", body: "b")])
        #expect(NotesAPI.page(last)?.next == nil)
        #expect(
            NotesAPI.page(HTTPResponse(status: 200, body: Array(#"{"notes":[],"next":"c"}"#.utf8)))?.next == "c")
        #expect(NotesAPI.page(HTTPResponse(status: 200, body: Array("[]".utf8))) == nil)
    }

    @Test(arguments: [
        (#"{"status":"ok","instance":2,"x":1}"#, "2"), (#"{"instance": 12}"#, "12"), (#"{"status":"ok"}"#, nil),
        (#"{"instance":"a"}"#, nil),
    ])
    func `a health reply names its replica`(body: String, instance: String?) {
        #expect(NotesAPI.instance(in: Array(body.utf8)) == instance)
    }
}
