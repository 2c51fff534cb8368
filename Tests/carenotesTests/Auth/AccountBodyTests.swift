import Testing

@testable import carenotes

@Suite struct AccountBodyTests {
    private func request(_ body: String, type: String? = "application/json") -> Request {
        var request = Request(method: .post, route: .authLogin, id: "r")
        if let type { request.headers.append("Content-Type", type) }
        request.body = Array(body.utf8)
        return request
    }

    @Test(arguments: [
        ("", 400, "malformed-json"), ("[]", 400, "malformed-json"), (#"{"email":{}}"#, 400, "malformed-json"),
        (#"{"email":"a","email":"b"}"#, 400, "malformed-json"), (#"{"email":"\ud800"}"#, 400, "malformed-json"),
        (#"{"emial":"a"}"#, 400, "invalid-field"), (#"{"email":1}"#, 400, "invalid-field"),
        (#"{"email":null}"#, 400, "invalid-field"), (#"{"email":""}"#, 400, "invalid-field"),
        (#"{"email":"a\u0000@b.c"}"#, 400, "invalid-field"), (#"{"email":"nobody"}"#, 400, "invalid-field"),
        ("{}", 400, "invalid-field"),
    ])
    func `what cannot be used is refused by name, and never quoted`(body: String, status: Int, code: String) {
        let problem = #expect(throws: Problem.self) {
            try AccountBody(request(body), allowing: ["email"]).email("email")
        }
        #expect(problem?.status.rawValue == UInt32(status) && problem?.code.rawValue == code)
        #expect(problem?.detail.contains("nobody") == false)
    }

    @Test func `another type is refused, and parameters of the type are not`() throws {
        let body = #"{"email":"A@b.c"}"#
        for type in [nil, "text/plain", "application/jsonx"] {
            let problem = #expect(throws: Problem.self) {
                try AccountBody(request(body, type: type), allowing: ["email"])
            }
            #expect(problem?.status == .unsupportedMediaType)
        }
        let read = try AccountBody(request(body, type: "Application/JSON; charset=utf-8"), allowing: ["email"])
        #expect(try read.email("email").text == "a@b.c")
    }

    @Test func `a password prints as a secret`() throws {
        let password = try AccountBody(request(#"{"p":"blue kettle"}"#), allowing: ["p"]).password("p")
        #expect("\(password)" == "<secret>" && !String(reflecting: password).contains("kettle"))
        var text = ""
        dump(password, to: &text)
        #expect(!text.contains("kettle"))
    }
}
