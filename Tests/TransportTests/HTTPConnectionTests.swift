import Foundation
import Testing
import Transport

@Suite struct HTTPConnectionTests {
    private let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    private func connect(_ listener: Listener) throws -> HTTPConnection {
        try HTTPConnection(
            to: .tcp(host: "127.0.0.1", port: listener.port), serverName: "care.example", timeout: .seconds(10))
    }

    @Test func `one connection carries several requests`() throws {
        let listener = try Listener([[.reply(ok), .reply(ok), .reply(ok)]])
        let connection = try connect(listener)
        for number in 1...3 {
            let request = HTTPRequest(
                "POST", "/api/notes", headers: [HTTPHeader("Idempotency-Key", "\(number)")], body: Array("{}".utf8)
            )
            #expect(try connection.send(request, timeout: .seconds(10)).text == "ok")
            #expect(connection.isReusable)
        }
        #expect(
            listener.received.last
                == "POST /api/notes HTTP/1.1\r\nHost: care.example:\(listener.port)\r\nIdempotency-Key: 3\r\n"
                + "Content-Length: 2\r\n\r\n{}")
    }

    @Test func `a connection that the reply ends is not used again`() throws {
        let reply = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        let connection = try connect(Listener([[.reply(reply)]]))
        #expect(try connection.send(HTTPRequest.get("/"), timeout: .seconds(10)).status == 200)
        #expect(!connection.isReusable)
        #expect(throws: TransportError.closed(bytesReceived: 0)) {
            try connection.send(HTTPRequest.get("/"), timeout: .seconds(10))
        }
    }

    @Test func `a close tells how much of the reply had come`() throws {
        let cases: [(steps: [Listener.Step], received: Int)] = [
            ([.closeAfterRequest], 0), ([.reset], 0), ([.reply("HTTP/1.1 200")], 12),
            ([.reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")], 40),
        ]
        for row in cases {
            let connection = try connect(Listener([row.steps]))
            #expect(throws: TransportError.closed(bytesReceived: row.received)) {
                try connection.send(HTTPRequest.get("/"), timeout: .seconds(10))
            }
            #expect(!connection.isReusable)
        }
    }

    @Test func `a body that the close ends is whole`() throws {
        let connection = try connect(Listener([[.reply("HTTP/1.1 200 OK\r\n\r\nto the end")]]))
        #expect(try connection.send(HTTPRequest.get("/"), timeout: .seconds(10)).text == "to the end")
    }

    @Test func `silence ends with the deadline`() throws {
        let connection = try connect(Listener([[.silence]]))
        #expect(throws: TransportError.timedOut(.receive)) {
            try connection.send(HTTPRequest.get("/"), timeout: .milliseconds(50))
        }
        #expect(!connection.isReusable)
    }

    @Test func `a peer that takes nothing ends with the deadline too`() throws {
        let connection = try connect(Listener([[]]))
        let request = HTTPRequest("POST", "/", body: [UInt8](repeating: 0, count: 64 << 20))
        #expect(throws: TransportError.self) { try connection.send(request, timeout: .milliseconds(200)) }
    }

    @Test func `a reply that is not HTTP, or too long, is named`() throws {
        let strange = try connect(Listener([[.reply("SSH-2.0-x\r\n\r\n")]]))
        #expect(throws: TransportError.malformedReply(.statusLine)) {
            try strange.send(HTTPRequest.get("/"), timeout: .seconds(10))
        }
        let long = try connect(Listener([[.reply(ok)]]))
        #expect(throws: TransportError.malformedReply(.bodyTooLong)) {
            try long.send(HTTPRequest.get("/"), timeout: .seconds(10), bodyLimit: 1)
        }
    }

    @Test func `a large body arrives whole`() throws {
        let body = [UInt8](repeating: 7, count: 3_000_000)
        let head = "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n"
        let connection = try connect(Listener([[.reply(head), .more(body)]]))
        #expect(try connection.send(HTTPRequest.get("/"), timeout: .seconds(30)).body == body)
    }

    @Test func `a request that would break out of its line is never sent`() throws {
        let listener = try Listener([[.silence]])
        let connection = try connect(listener)
        for request in [
            HTTPRequest("GET /\r\nX:", "/"), HTTPRequest.get("/a b"), HTTPRequest.get("/\r\nX: y"),
            HTTPRequest.get(""),
            HTTPRequest.get("/", headers: [HTTPHeader("A", "b\r\nC: d")]),
            HTTPRequest.get("/", headers: [HTTPHeader("A:", "b")]),
        ] {
            #expect(throws: TransportError.self) { try connection.send(request, timeout: .seconds(1)) }
        }
        #expect(listener.received.isEmpty)
        #expect(connection.isReusable)
    }

    @Test func `a unix-domain socket serves as well`() throws {
        let path = NSTemporaryDirectory() + "careinit-\(UInt32.random(in: 0 ... .max)).sock"
        defer { unlink(path) }
        let listener = try Listener(unixPath: path, [[.reply(ok)]])
        let reply = try HTTPClient.request(HTTPRequest.get("/RPC2"), unixSocket: path, timeout: .seconds(10))
        #expect(reply.text == "ok")
        #expect(listener.received == ["GET /RPC2 HTTP/1.1\r\nHost: localhost\r\n\r\n"])
    }

    @Test func `a unix-domain path that no socket can have is refused`() {
        for path in ["", String(repeating: "a", count: 108)] {
            #expect(throws: TransportError.system(call: "connect", errno: ENAMETOOLONG)) {
                try HTTPClient.request(HTTPRequest.get("/"), unixSocket: path, timeout: .seconds(1))
            }
        }
    }

    @Test func `what nobody listens on is unreachable, and what has no address is named`() throws {
        let port = try unusedPort()
        #expect(throws: TransportError.unreachable(errno: ECONNREFUSED)) {
            try HTTPClient.get("http://127.0.0.1:\(port)/", timeout: .seconds(10))
        }
        #expect(!TCP.isListening("127.0.0.1", port: port, timeout: .seconds(10)))
        #expect(throws: TransportError.self) {
            try HTTPClient.get("http://nowhere.invalid/", timeout: .seconds(1))
        }
        let listener = try Listener([[]])
        #expect(TCP.isListening("127.0.0.1", port: listener.port, timeout: .seconds(10)))
    }
}
