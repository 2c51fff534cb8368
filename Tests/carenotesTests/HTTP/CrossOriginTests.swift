import Testing

@testable import carenotes

struct CrossOriginTests {
    private static let app = "https://app.example.org"

    @Test(arguments: [
        ("", []), (app, [app]), ("\(app), http://localhost:3000", [app, "http://localhost:3000"]),
        ("https://a.example.org,https://b.example.org", ["https://a.example.org", "https://b.example.org"]),
    ])
    func `CORS_ORIGIN is origins with commas between them`(text: String, origins: [String]) {
        #expect(CrossOrigin.parse(text) == Set(origins))
    }

    @Test(arguments: [
        "*", "null", "app.example.org", "https://", "https://app.example.org/", "https://App.example.org",
        "https://*.example.org", "ftp://a.example.org", "https://a.example.org:0", "https://user@a.example.org",
        "https://a.example.org https://b.example.org", "https://a..example.org",
    ])
    func `nothing but origins is taken, and no wildcard`(text: String) {
        #expect(CrossOrigin.parse(text) == nil)
    }

    private func preflight(_ origin: String?, _ method: Method = .options, _ route: Route = .notes) -> Reply? {
        var request = Request(method: method, route: route, id: "r")
        if let origin { request.headers.append("Origin", origin) }
        request.headers.append("Access-Control-Request-Method", "POST")
        return CrossOrigin(origins: [Self.app]).preflight(request)
    }

    @Test func `a preflight by an allowed page is told what it may send, and never credentials`() throws {
        let reply = try #require(preflight(Self.app))
        #expect(reply.status == .noContent)
        #expect(reply.header("Access-Control-Allow-Methods") == "GET, HEAD, POST")
        #expect(reply.header("Access-Control-Allow-Headers")?.contains("Idempotency-Key") == true)
        #expect(reply.header("Access-Control-Max-Age") == "600")
        #expect(reply.header("Access-Control-Allow-Credentials") == nil)
        #expect(preflight("https://evil.example.org") == nil && preflight(nil) == nil && preflight("null") == nil)
        #expect(preflight(Self.app, .get) == nil && preflight(Self.app, .options, .metrics) == nil)
    }

    @Test func `a reply names the one origin that asked, and varies by it`() {
        let policy = CrossOrigin(origins: [Self.app])
        let allowed = policy.adding(to: .empty, for: Self.app)
        #expect(allowed.header("Access-Control-Allow-Origin") == Self.app && allowed.header("Vary") == "Origin")
        #expect(allowed.header("Access-Control-Expose-Headers")?.contains("ETag") == true)
        for origin in ["https://evil.example.org", "null", "", Self.app + "/", nil] {
            let reply = policy.adding(to: .empty, for: origin)
            #expect(reply.header("Access-Control-Allow-Origin") == nil && reply.header("Vary") == "Origin")
        }
        #expect(CrossOrigin(origins: []).adding(to: .empty, for: Self.app) == .empty)
    }
}
