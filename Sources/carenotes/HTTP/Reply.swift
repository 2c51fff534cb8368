/// What is sent back, before it meets the server library.
struct Reply: Sendable, Equatable {
    var status: Status
    var contentType: String
    var headers: [Header] = []
    var body: [UInt8]

    struct Header: Sendable, Equatable {
        var name: String
        var value: String
    }

    static let json = "application/json"
    /// JSON Lines: one document a line.
    static let lines = "application/jsonl"

    /// What every reply has. Health and metrics too are about now: nothing of carenotes may be cached. None of it is a page,
    /// so that a browser which is made to show it may neither load, frame nor guess anything (OWASP REST Security).
    static let commonHeaders = [
        Header(name: "Cache-Control", value: "no-store"), Header(name: "X-Content-Type-Options", value: "nosniff"),
        Header(name: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'"),
        Header(name: "Referrer-Policy", value: "no-referrer"),
    ]

    static func json(_ status: Status, _ body: [UInt8]) -> Reply {
        Reply(status: status, contentType: json, body: body)
    }

    /// 204.
    static let empty = Reply(status: .noContent, contentType: "", body: [])

    static func ok(_ body: [UInt8]) -> Reply { json(.ok, body) }

    func with(_ name: String, _ value: String) -> Reply {
        var copy = self
        copy.headers.append(Header(name: name, value: value))
        return copy
    }
}

/// How a request goes on.
enum Outcome: Sendable {
    case now(Reply)
    /// On a worker thread, since it waits for others.
    case later(@Sendable () -> Reply)
}
