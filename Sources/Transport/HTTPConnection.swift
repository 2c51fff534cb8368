/// One connection that carries one request after the other. Not for two threads at once.
package final class HTTPConnection: Sendable {
    /// More than any reply of the stack's own services.
    package static let defaultBodyLimit = 16 * 1024 * 1024

    private let stream: any ByteStream
    /// What stands in the `Host` header.
    private let host: String
    private nonisolated(unsafe) var isUsable = true

    /// Connects, and shakes hands where a TLS context is given.
    ///
    /// `serverName` is the name that the certificate must be for and that the `Host` header says; it may differ from
    /// where the endpoint leads.
    package init(
        to endpoint: Endpoint, serverName: String, tls: TLSContext? = nil, timeout: Duration
    ) throws(TransportError) {
        let deadline = Deadline.after(timeout)
        let socket = try Socket.connect(to: endpoint, deadline: deadline)
        if let tls {
            stream = try TLSStream(over: socket, context: tls, serverName: serverName, deadline: deadline)
        } else {
            stream = socket
        }
        host = Self.hostHeader(serverName, endpoint, isTLS: tls != nil)
    }

    /// Whether another request may be sent: the last reply was whole and did not end the connection. The other side may
    /// still have closed it since.
    package var isReusable: Bool { isUsable }

    /// Sends the request and waits for the whole reply. After an error the connection is of no more use.
    ///
    /// `closed(bytesReceived: 0)` means that the other side closed before it said anything: the request may have been
    /// carried out all the same.
    package func send(
        _ request: HTTPRequest, timeout: Duration, bodyLimit: Int = defaultBodyLimit
    ) throws(TransportError) -> HTTPResponse {
        let bytes = try request.encoded(host: host)
        let deadline = Deadline.after(timeout)
        guard isUsable else { throw .closed(bytesReceived: 0) }
        isUsable = false
        do throws(TransportError) {
            try stream.send(bytes, deadline: deadline)
        } catch .closed {
            // A server that refuses a request early may have said so before it closed.
        }
        var parser = HTTPReplyParser(isHead: request.method == "HEAD", bodyLimit: bodyLimit)
        try receive(into: &parser, deadline: deadline)
        isUsable = parser.keepsConnection
        return parser.response
    }

    private func receive(into parser: inout HTTPReplyParser, deadline: Deadline) throws(TransportError) {
        var received = 0
        while !parser.isDone {
            let block: [UInt8]
            do throws(TransportError) {
                block = try stream.receive(deadline: deadline)
            } catch .closed {
                throw .closed(bytesReceived: received)
            }
            if block.isEmpty {
                guard parser.end() else { throw .closed(bytesReceived: received) }
                return
            }
            received += block.count
            do throws(HTTPReplyFault) { try parser.take(block) } catch { throw .malformedReply(error) }
        }
    }

    private static func hostHeader(_ name: String, _ endpoint: Endpoint, isTLS: Bool) -> String {
        let name = name.contains(":") ? "[\(name)]" : name
        guard case .tcp(_, let port) = endpoint, port != (isTLS ? 443 : 80) else { return name }
        return "\(name):\(port)"
    }
}
