import TestSupport
import Testing

@testable import Transport

@Suite struct HTTPReplyParserTests {
    private func parse(_ text: String, isHead: Bool = false, limit: Int = 1000) throws(HTTPReplyFault)
        -> HTTPReplyParser
    {
        var parser = HTTPReplyParser(isHead: isHead, bodyLimit: limit)
        try parser.take(Array(text.utf8))
        return parser
    }

    @Test func `a reply with a length is whole with its last byte`() throws {
        var parser = try parse("HTTP/1.1 201 Created\r\nContent-Length: 5\r\nX-A:  b \t\r\n\r\nhell")
        #expect(!parser.isDone)
        try parser.take(Array("o".utf8))
        #expect(parser.isDone && parser.keepsConnection)
        #expect(parser.response.status == 201)
        #expect(parser.response.text == "hello")
        #expect(parser.response.header("x-a") == "b")
    }

    @Test func `a chunked reply is put together, extensions and trailers left off`() throws {
        let parser = try parse(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5;a=b\r\nhello\r\n1 \r\n!\r\n0\r\nX: y\r\n\r\n")
        #expect(parser.isDone && parser.keepsConnection)
        #expect(parser.response.text == "hello!")
    }

    @Test func `a reply without a length ends with the connection`() throws {
        var parser = try parse("HTTP/1.1 200 OK\r\n\r\nabc")
        #expect(!parser.isDone)
        let isWhole = parser.end()
        #expect(isWhole && parser.isDone && !parser.keepsConnection)
        #expect(parser.response.text == "abc")
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "",
    ])
    func `a reply that is cut is not whole`(text: String) throws {
        var parser = try parse(text)
        let isWhole = parser.end()
        #expect(!isWhole)
    }

    @Test(arguments: [("204 No Content", false), ("304 Not Modified", false), ("200 OK", true)])
    func `some replies have no body, whatever they say`(status: String, isHead: Bool) throws {
        #expect(try parse("HTTP/1.1 \(status)\r\nContent-Length: 5\r\n\r\n", isHead: isHead).isDone)
    }

    @Test func `what is announced by 1xx is waited for`() throws {
        let parser = try parse(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        )
        #expect(parser.isDone)
        #expect(parser.response.status == 200)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", false),
        ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false),
        ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: Keep-Alive\r\n\r\n", true),
        ("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", true),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1", false),
    ])
    func `a connection is kept where both sides agree`(text: String, keeps: Bool) throws {
        #expect(try parse(text).keepsConnection == keeps)
    }

    @Test(arguments: [
        ("HTTP/2 200 OK\r\n\r\n", HTTPReplyFault.statusLine), ("HTTP/1.1 20 OK\r\n\r\n", .statusLine),
        ("HTTP/1.1 099 OK\r\n\r\n", .statusLine), ("HTTP/1.1 2000\r\n\r\n", .statusLine),
        ("SSH-2.0-OpenSSH\r\n\r\n", .statusLine), ("HTTP/1.1 200 OK\r\nA b\r\n\r\n", .header),
        ("HTTP/1.1 200 OK\r\nA : b\r\n\r\n", .header), ("HTTP/1.1 200 OK\r\n: b\r\n\r\n", .header),
        ("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", .header), ("HTTP/1.1 200 OK\nA: b\r\n\r\n", .header),
        ("HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n", .header),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncoding),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .transferEncoding),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", .chunk),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", .chunk),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\n", .chunk),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", .chunk),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n", .bodyTooLong),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", .bodyTooLong),
    ])
    func `what could be read in two ways is a fault`(text: String, fault: HTTPReplyFault) {
        #expect(throws: fault) { try parse(text) }
    }

    @Test func `heads and bodies have a limit, however they come`() {
        let header = "A: " + String(repeating: "b", count: 70_000)
        #expect(throws: HTTPReplyFault.headerTooLong) { try parse("HTTP/1.1 200 OK\r\n" + header) }
        #expect(throws: HTTPReplyFault.headerTooLong) { try parse("HTTP/1.1 200 OK\r\n\(header)\r\n\r\n") }
        let endless = "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 1001)
        #expect(throws: HTTPReplyFault.bodyTooLong) { try parse(endless) }
    }

    @Test func `where the bytes are split makes no difference`() throws {
        let texts = [
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\n0123456789",
        ]
        for text in texts {
            let whole = try parse(text)
            for split in 0...text.utf8.count {
                var parser = HTTPReplyParser(bodyLimit: 1000)
                try parser.take(Array(text.utf8.prefix(split)))
                try parser.take(Array(text.utf8.dropFirst(split)))
                #expect(parser.isDone && parser.response == whole.response)
            }
        }
    }

    @Test func `damaged replies are read or refused, in one piece and byte by byte alike`() {
        var random = SeededGenerator(seed: 9112)
        let text = "HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nT: u\r\n\r\n"
        for _ in 0..<4000 {
            let bytes = random.damaged(Array(text.utf8))
            var whole = HTTPReplyParser(bodyLimit: 100)
            var pieces = HTTPReplyParser(bodyLimit: 100)
            var faults: [HTTPReplyFault?] = [nil, nil]
            do throws(HTTPReplyFault) { try whole.take(bytes) } catch { faults[0] = error }
            do throws(HTTPReplyFault) { for byte in bytes { try pieces.take([byte]) } } catch { faults[1] = error }
            #expect(faults[0] == faults[1])
            if faults[0] == nil { #expect(whole.response == pieces.response && whole.isDone == pieces.isDone) }
        }
    }
}
