import Foundation
import Testing

@testable import carenotes

@Suite("carenotes over real sockets, its database away")
struct HTTPServerTests {
    private static func get(_ path: String, method: String = "GET", extra: String = "") -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(extra)\r\n"
    }

    @Test("answers health, with the instance and generation, while everything else is away")
    func health() throws {
        let service = try ScratchService()
        let reply = try service.exchange([Self.get("/api/health")])
        #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(reply.contains(#""status":"ok""#) && reply.contains(#""instance":2,"generation":7"#))
        #expect(try service.exchange([Self.get("/api/health/live")]).hasPrefix("HTTP/1.1 200"))
        for path in ["/api/health/ready", "/api/health/startup"] {
            let reply = try service.exchange([Self.get(path)])
            #expect(reply.hasPrefix("HTTP/1.1 503") && reply.contains("Retry-After: 1"), "\(path)")
        }
    }

    @Test("tells what it has: circuits, metrics, the other replicas")
    func insight() throws {
        let service = try ScratchService()
        #expect(try service.exchange([Self.get("/api/health/circuits")]).contains(#""name":"database""#))
        #expect(try service.exchange([Self.get("/api/health/detailed")]).contains(#"{"instance":2,"live":true,"#))
        let metrics = try service.exchange([Self.get("/api/metrics")])
        #expect(
            metrics.contains(
                "\nhttp_requests_total{route=\"/api/health/circuits\",method=\"GET\",status=\"200\"} 1"))
    }

    @Test(
        "refuses with a problem and a stable code",
        arguments: [
            ("GET", "/api/nothing", "", 404, "no-such-resource"),
            ("GET", "/api/health/", "", 404, "no-such-resource"),
            ("DELETE", "/api/notes", "", 405, "method-not-allowed"),
            ("POST", "/api/health", "Content-Length: 0\r\n", 405, "method-not-allowed"),
            ("POST", "/api/notes", "Transfer-Encoding: chunked\r\n\r\n0\r\n", 411, "length-required"),
            ("GET", "/api/notes", "", 503, "starting"), ("GET", "/api/auth/me", "", 503, "starting"),
            ("POST", "/api/auth/login", "Content-Length: 0\r\n", 503, "starting"),
            ("PATCH", "/api/users", "Content-Length: 0\r\n", 503, "starting"),
        ])
    func problems(_ method: String, _ path: String, _ extra: String, _ status: Int, _ code: String) throws {
        let service = try ScratchService()
        let reply = try service.exchange([Self.get(path, method: method, extra: extra)])
        #expect(reply.hasPrefix("HTTP/1.1 \(status) "), "\(reply)")
        #expect(reply.contains("application/problem+json") && reply.contains("\"code\":\"\(code)\""), "\(reply)")
        if status == 405 { #expect(reply.contains("Allow: GET, HEAD")) }
    }

    @Test(
        "every reply has each header of safety once, whatever it is",
        arguments: [
            "/api/health", "/api/nothing", "/api/notes", "/api/openapi.json", "/api/metrics",
        ])
    func safetyHeaders(path: String) throws {
        let reply = try ScratchService().exchange([Self.get(path)])
        for header in [
            "Cache-Control: no-store", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
        ] {
            #expect(reply.components(separatedBy: "\r\n\(header)\r\n").count == 2, "\(header): \(reply)")
        }
        #expect(!reply.contains("Server:") && !reply.contains("Access-Control"))
    }

    @Test("a page of CORS_ORIGIN may call it, and reads a problem, too")
    func crossOrigin() throws {
        let origin = "https://app.example.org"
        let service = try ScratchService(allowedOrigins: [origin])
        let asked = "Origin: \(origin)\r\nAccess-Control-Request-Method: POST\r\n"
        let preflight = try service.exchange([Self.get("/api/notes", method: "OPTIONS", extra: asked)])
        #expect(preflight.hasPrefix("HTTP/1.1 204 ") && preflight.contains("Allow-Origin: \(origin)\r\n"))
        let problem = try service.exchange([Self.get("/api/nothing", extra: "Origin: \(origin)\r\n")])
        #expect(problem.hasPrefix("HTTP/1.1 404 ") && problem.contains("Allow-Origin: \(origin)\r\n"))
        let other = asked.replacing("app.", with: "evil.")
        let refused = try service.exchange([Self.get("/api/notes", method: "OPTIONS", extra: other)])
        #expect(refused.hasPrefix("HTTP/1.1 405 ") && !refused.contains("Access-Control-Allow-Origin"))
    }

    @Test("the document of the API is given, and not again to whoever has it")
    func document() throws {
        let service = try ScratchService()
        let reply = try service.exchange([Self.get("/api/openapi.json")])
        #expect(reply.hasPrefix("HTTP/1.1 200") && reply.contains(#""openapi":"3.1.0""#))
        let tag = try #require(reply.firstMatch(of: /ETag: ("[0-9a-f]+")/)?.1)
        let again = try service.exchange([Self.get("/api/openapi.json", extra: "If-None-Match: \(tag)\r\n")])
        #expect(again.hasPrefix("HTTP/1.1 304") && !again.contains("openapi"))
    }

    @Test("a body of more than 64 KiB gets 413, and its sender gets to read it")
    func largeBody() throws {
        let service = try ScratchService()
        let body = String(repeating: "x", count: 70_000)
        let head = Self.get("/api/notes", method: "POST", extra: "Content-Length: \(body.utf8.count)\r\n")
        let reply = try service.exchange([head, body])
        #expect(reply.hasPrefix("HTTP/1.1 413 ") && reply.contains("body-too-large"), "\(reply)")
    }

    @Test("headers of more than 16 KiB get 431")
    func largeHeaders() throws {
        let service = try ScratchService()
        let extra = "X-Long: \(String(repeating: "x", count: 17_000))\r\n"
        #expect(try service.exchange([Self.get("/api/notes", extra: extra)]).hasPrefix("HTTP/1.1 431 "))
    }

    @Test("HEAD is GET without the body")
    func head() throws {
        let service = try ScratchService()
        let reply = try service.exchange([Self.get("/api/health", method: "HEAD")])
        #expect(
            reply.hasPrefix("HTTP/1.1 200") && reply.hasSuffix("\r\n\r\n") && !reply.contains("Content-Length: 0"))
    }

    @Test("a request in pieces, and two in one, are answered in order")
    func framing() throws {
        let service = try ScratchService()
        let pieces = Self.get("/api/health").split(separator: "H", omittingEmptySubsequences: false)
            .joined(separator: "H\u{1F}").split(separator: "\u{1F}").map(String.init)
        #expect(try service.exchange(pieces).hasPrefix("HTTP/1.1 200"))
        let two = "GET /api/health/live HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get("/api/nothing")
        let replies = try service.exchange([two])
        #expect(replies.contains(#""status":"live""#) && replies.contains("HTTP/1.1 404"))
    }

    @Test(
        "nothing is answered that hides behind a body of unclear length",
        arguments: [
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\n",
            "Content-Length: 0\r\nContent-Length: 90\r\n", "Content-Length : 90\r\n",
            "Transfer-Encoding:\tchunked\r\nContent-Length: 5\r\n",
        ])
    func smuggling(_ headers: String) throws {
        let service = try ScratchService()
        let hidden = "GET /api/health/live HTTP/1.1\r\nHost: a\r\nX-Request-Id: hidden\r\n\r\n"
        let outer = "POST /api/notes HTTP/1.1\r\nHost: a\r\n\(headers)\r\n0\r\n\r\n\(hidden)"
        let reply = try service.exchange([outer], staysOpen: true)
        #expect(reply.hasPrefix("HTTP/1.1 4") && reply.contains("Connection: close"), "\(reply)")
        #expect(!reply.contains("hidden"), "\(reply)")
    }

    @Test("a request that came before the schema was looked at waits for that")
    func waitsForTheStart() throws {
        let service = try ScratchService()
        let thread = BackgroundThread {
            _ = StopSignal().sleep(.milliseconds(200))
            service.service.state.migrated()
        }
        let reply = try service.exchange([Self.get("/api/notes")], staysOpen: true)
        #expect(reply.hasPrefix("HTTP/1.1 401 "), "\(reply)")
        thread?.join()
    }

    @Test("a request id is given back where it is harmless, and replaced where it is not")
    func requestID() throws {
        let service = try ScratchService()
        let kept = try service.exchange([Self.get("/api/health", extra: "X-Request-Id: abc-1\r\n")])
        #expect(kept.contains("X-Request-Id: abc-1"))
        let replaced = try service.exchange([Self.get("/api/nothing", extra: "X-Request-Id: a b\"\r\n")])
        #expect(replaced.contains("X-Request-Id: ") && !replaced.contains("a b\""))
    }

    @Test("random bytes never stop it")
    func fuzz() throws {
        let service = try ScratchService()
        let seed = UInt64.random(in: .min ... .max)
        var state = seed
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        let words = [
            "GET ", "POST ", "/api/notes", "/api/health", "?limit=", " HTTP/1.1", "\r\n", "\r\n\r\n", "Host: a",
            ": ",
            "Content-Length: 5", "Transfer-Encoding: chunked", "\u{0}", "é", "{", "\"", "Authorization: Bearer x",
            "\t",
        ]
        for _ in 0..<150 {
            let text = (0..<Int(next() % 12)).map { _ in words[Int(next() % UInt64(words.count))] }.joined()
            _ = try service.exchange([text], patience: 50)
        }
        #expect(try service.exchange([Self.get("/api/health")]).hasPrefix("HTTP/1.1 200"), "seed \(seed)")
    }
}
