import Transport

/// One kept-alive connection that is made anew when it must be.
struct Client {
    private let target: Target
    private var connection: HTTPConnection?
    /// How many requests were sent a second time.
    private(set) var retries = 0

    init(_ target: Target) { self.target = target }

    /// Sends the request; once more, on a new connection, where a kept-alive one was closed before any byte of the reply:
    /// the server may have closed it while the request was on its way. A write carries its idempotency key both times.
    mutating func send(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
        if let kept = connection {
            do throws(TransportError) {
                return try exchange(request, over: kept)
            } catch .closed(bytesReceived: 0) {
                retries += 1
            }
        }
        return try exchange(request, over: try target.connect())
    }

    private mutating func exchange(
        _ request: HTTPRequest, over fresh: HTTPConnection
    ) throws(TransportError) -> HTTPResponse {
        connection = nil
        let reply = try fresh.send(request, timeout: target.timeout)
        if fresh.isReusable { connection = fresh }
        return reply
    }
}
