import CMicroHTTPD

extension Reply {
    func addHeaders(to response: OpaquePointer) {
        if !contentType.isEmpty { MHD_add_response_header(response, "Content-Type", contentType) }
        for header in Self.commonHeaders + headers {
            MHD_add_response_header(response, header.name, header.value)
        }
    }

    /// Hands the reply to the connection; MHD_NO, which closes it, where there is no memory.
    func queue(on connection: OpaquePointer, requestID: String, closing: Bool) -> MHD_Result {
        let response = body.withUnsafeBytes { bytes in
            bytes.isEmpty
                ? cmicrohttpd_copied_response("", 0) : cmicrohttpd_copied_response(bytes.baseAddress, bytes.count)
        }
        guard let response else { return MHD_Result.NO }
        defer { MHD_destroy_response(response) }
        addHeaders(to: response)
        MHD_add_response_header(response, RequestID.header, requestID)
        if closing { MHD_add_response_header(response, "Connection", "close") }
        return MHD_queue_response(connection, status.rawValue, response)
    }
}
