import CMicroHTTPD

/// A reply that is encoded once and sent many times, from any thread.
final class PreparedReply: @unchecked Sendable {
    // Unchecked: both are written by `init` only, and libmicrohttpd counts the uses of a response under a lock.
    private let response: OpaquePointer
    private let bytes: UnsafeMutableRawBufferPointer
    private let reply: Reply

    var status: Status { reply.status }

    /// Nil where there is no memory for it.
    init?(_ reply: Reply) {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, reply.body.count), alignment: 1)
        bytes.copyBytes(from: reply.body)
        guard let response = Self.response(over: bytes, reply) else {
            bytes.deallocate()
            return nil
        }
        self.bytes = bytes
        self.response = response
        self.reply = reply
    }

    /// The server must have ended: a response may be underway from these bytes.
    deinit {
        MHD_destroy_response(response)
        bytes.deallocate()
    }

    func queue(on connection: OpaquePointer) -> MHD_Result {
        MHD_queue_response(connection, reply.status.rawValue, response)
    }

    /// With the name of the request in it.
    func queue(on connection: OpaquePointer, requestID: UnsafePointer<CChar>) -> MHD_Result {
        guard let response = Self.response(over: bytes, reply) else { return MHD_Result.NO }
        defer { MHD_destroy_response(response) }
        MHD_add_response_header(response, RequestID.header, requestID)
        return MHD_queue_response(connection, reply.status.rawValue, response)
    }

    private static func response(over bytes: UnsafeMutableRawBufferPointer, _ reply: Reply) -> OpaquePointer? {
        let response = cmicrohttpd_static_response(bytes.baseAddress, reply.body.count)
        if let response { reply.addHeaders(to: response) }
        return response
    }
}
