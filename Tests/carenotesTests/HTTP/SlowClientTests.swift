import Testing

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Slow and many clients, over real sockets")
struct SlowClientTests {
    private static func service(_ change: (inout HTTPServer.Limits) -> Void) throws -> ScratchService {
        var limits = HTTPServer.Limits()
        // What a test does not shorten must not be what ends its connection.
        limits.progress = ProgressRules(
            firstHeaders: .seconds(60), nextHeaders: .seconds(60), bodyGrace: .seconds(60), reply: .seconds(60))
        change(&limits)
        return try ScratchService(limits: limits)
    }

    /// Sends one byte after the other, each soon enough not to be silent, until the other side closes; false where it never does.
    private static func drip(_ byte: String, to socket: ScratchSocket) -> Bool {
        for _ in 0..<400 {
            if socket.isClosed { return true }
            socket.send(byte)
            usleep(25_000)
        }
        return false
    }

    private static let health = "GET /api/health/live HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `headers that never end are cut off`() throws {
        let service = try Self.service { $0.progress.firstHeaders = .milliseconds(300) }
        let socket = try ScratchSocket(port: service.port)
        socket.send("GET /api/health/live HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        #expect(Self.drip("x", to: socket))
        #expect(service.service.server.watch.statistics.cut == 1)
        #expect(try service.exchange([Self.health + Self.health]).hasPrefix("HTTP/1.1 200"))
    }

    @Test func `so are those of a later request, and a silent client after a while`() throws {
        let service = try Self.service { $0.progress.nextHeaders = .milliseconds(300) }
        let (slow, silent) = (try ScratchSocket(port: service.port), try ScratchSocket(port: service.port))
        for socket in [slow, silent] {
            socket.send(Self.health)
            #expect(socket.receive(until: #""status":"live""#).hasPrefix("HTTP/1.1 200"))
        }
        slow.send("GET /api/health/live HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        #expect(Self.drip("x", to: slow))
        try PostgresTests.waitUntil { silent.isClosed }
        #expect(service.service.server.watch.statistics.cut == 2)
    }

    @Test func `a body that comes byte by byte is cut off, and a brisk one is not`() throws {
        let service = try Self.service { $0.progress.bodyGrace = .milliseconds(300) }
        let socket = try ScratchSocket(port: service.port)
        let head = "POST /api/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"
        socket.send(head)
        #expect(Self.drip("x", to: socket))
        let brisk = try ScratchSocket(port: service.port)
        brisk.send(head + String(repeating: "x", count: 60_000))
        #expect(brisk.receive(until: "}").hasPrefix("HTTP/1.1 503"))
        #expect(service.service.server.watch.statistics.cut == 1)
    }

    @Test func `a client that does not take its reply is cut off`() throws {
        let service = try Self.service { $0.progress.reply = .milliseconds(300) }
        let socket = try ScratchSocket(port: service.port, receiveBuffer: 1)
        // More replies than the buffers of both sides hold, none of which it reads.
        let metrics = "GET /api/metrics HTTP/1.1\r\nHost: a\r\n\r\n"
        for _ in 0..<2000 {
            guard socket.send(metrics) else { break }
            if service.service.server.watch.statistics.cut == 1 { break }
        }
        try PostgresTests.waitUntil { service.service.server.watch.statistics.cut == 1 }
        #expect(try service.exchange([Self.health]).hasPrefix("HTTP/1.1 200"))
    }

    @Test func `more clients than a replica takes wait at the door, until one of those that it has leaves`() throws
    {
        let service = try Self.service { $0.connections = 40 }
        let isLive = #""status":"live""#
        var inside = try (0..<40).map { _ in try ScratchSocket(port: service.port) }
        for socket in inside { socket.send(Self.health) }
        // The server's threads share the limit out among themselves, and one may be full before the others are.
        inside = inside.filter { $0.receive(until: isLive, within: 2000).contains(isLive) }
        #expect(inside.count >= 20)
        let outside = try (0..<20).map { _ in try ScratchSocket(port: service.port) }
        for socket in outside { socket.send(Self.health) }
        #expect(service.service.server.watch.statistics.open <= 40)
        for socket in inside.prefix(5) {
            socket.send(Self.health)
            #expect(socket.receive(until: isLive).hasPrefix("HTTP/1.1 200"))
        }
        inside = []
        for socket in outside where !socket.isClosed {
            #expect(socket.receive(until: isLive).hasPrefix("HTTP/1.1 200"))
        }
        #expect(service.service.server.watch.statistics.open <= 40)
    }

    @Test func `headers that do not fit in memory are refused, too`() throws {
        let service = try Self.service { _ in }
        let socket = try ScratchSocket(port: service.port)
        socket.send(
            "GET /api/notes HTTP/1.1\r\nHost: a\r\nX-Long: \(String(repeating: "x", count: 100_000))\r\n\r\n")
        let reply = socket.receive()
        #expect(reply.hasPrefix("HTTP/1.1 431 ") || reply.hasPrefix("HTTP/1.1 413 "), "\(reply)")
    }
}
