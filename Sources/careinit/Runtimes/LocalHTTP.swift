#if canImport(Glibc)
    import Glibc
#endif

/// One HTTP/1.0 request to a server of the stack on this machine, without TLS: the server closes when it is done
/// (RFC 9112 §9.3).
struct LocalHTTP {
    enum Place: Equatable {
        /// The path of a socket (unix(7)).
        case socket(String)
        case address(String, UInt16)
    }

    enum Failure: Error, Equatable {
        case unreachable(SystemError)
        case timedOut
        case tooLong
        case malformed
    }

    struct Reply: Equatable {
        var status: Int
        var body: [UInt8]

        var isSuccess: Bool { (200..<300).contains(status) }
    }

    var place: Place
    /// For the whole exchange.
    var timeout: Duration
    var limit = 4 << 20

    func get(_ path: String) throws(Failure) -> Reply {
        try exchange("GET \(path) HTTP/1.0\r\nHost: localhost\r\n\r\n", [])
    }

    func post(_ path: String, type: String, body: [UInt8]) throws(Failure) -> Reply {
        let head =
            "POST \(path) HTTP/1.0\r\nHost: localhost\r\nContent-Type: \(type)\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        return try exchange(head, body)
    }

    private func exchange(_ head: String, _ body: [UInt8]) throws(Failure) -> Reply {
        let stream = try LocalStream(place: place, timeout: timeout)
        try stream.write(Array(head.utf8) + body)
        return try Self.parse(try stream.readToEnd(limit: limit))
    }

    /// The status line, headers that are not looked at, and the body up to the end.
    static func parse(_ bytes: [UInt8]) throws(Failure) -> Reply {
        let line = bytes.prefix { $0 != UInt8(ascii: "\r") }
        let words = String(decoding: line.prefix(256), as: UTF8.self).split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].utf8.count == 3,
            let status = Int(words[1]), let end = endOfHead(bytes)
        else { throw .malformed }
        return Reply(status: status, body: Array(bytes[end...]))
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        let mark = Array("\r\n\r\n".utf8)
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).first { bytes[$0..<($0 + mark.count)].elementsEqual(mark) }
            .map { $0 + mark.count }
    }
}
