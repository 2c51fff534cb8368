import CMicroHTTPD

#if canImport(Glibc)
    import Glibc
#endif

extension HTTPServer {
    /// The first value of a header field, which lives as long as the request.
    static func header(_ connection: OpaquePointer, _ name: StaticString) -> UnsafePointer<CChar>? {
        name.withUTF8Buffer { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                cmicrohttpd_header(connection, $0.baseAddress)
            }
        }
    }

    static func bytes(of text: UnsafePointer<CChar>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: text, count: strlen(text))
    }

    static func requestID(_ connection: OpaquePointer) -> String {
        guard let given = header(connection, RequestID.fieldName), RequestID.isValid(bytes(of: given)) else {
            return RequestID.make()
        }
        return String(cString: given)
    }

    /// Several `traceparent` are as good as none.
    static func trace(_ connection: OpaquePointer) -> TraceContext {
        guard let given = header(connection, "traceparent"),
            fields({ cmicrohttpd_each_header(connection, collect, $0) }).single("traceparent") != nil
        else { return TraceContext(traceparent: []) }
        return TraceContext(traceparent: bytes(of: given))
    }

    func outcome(
        _ exchange: Exchange, _ connection: OpaquePointer, _ url: UnsafePointer<CChar>
    ) -> Outcome {
        do throws(Problem) {
            return application.outcome(try request(exchange, connection, url))
        } catch {
            return .now(error.reply(requestID: exchange.requestID))
        }
    }

    /// The request as a value, unless its form alone refuses it.
    private func request(
        _ exchange: Exchange, _ connection: OpaquePointer, _ url: UnsafePointer<CChar>
    ) throws(Problem) -> Request {
        guard cmicrohttpd_header_size(connection) <= Limits.headers else {
            throw Problem(
                .headersTooLarge, .headersTooLarge, "The headers may have \(Limits.headers) bytes in all.")
        }
        guard !exchange.framing.isAmbiguous else {
            throw Problem(
                .badRequest, .ambiguousLength, "The length of the body must be said once, in Content-Length.")
        }
        guard !exchange.framing.isChunked else {
            throw Problem(.lengthRequired, .lengthRequired, "A body needs its length in Content-Length.")
        }
        guard !exchange.isTooLarge else {
            throw Problem(
                .contentTooLarge, .bodyTooLarge, "A body may have \(Exchange.bodyLimit) bytes.",
                fields: [FieldFault("(body)", "is longer than \(Exchange.bodyLimit) bytes")])
        }
        return Request(
            method: exchange.method, route: exchange.route, id: exchange.requestID,
            peer: cmicrohttpd_peer(connection), trace: exchange.trace,
            deadline: Deadline(in: application.requestLimit - exchange.age),
            parameter: exchange.route.parameter(in: url),
            headers: Self.fields { cmicrohttpd_each_header(connection, Self.collect, $0) },
            query: Self.fields { cmicrohttpd_each_argument(connection, Self.collect, $0) },
            body: exchange.body)
    }

    static func framing(_ connection: OpaquePointer) -> Framing {
        var framing = Framing()
        withUnsafeMutablePointer(to: &framing) { cmicrohttpd_each_header(connection, Self.note, $0) }
        return framing
    }

    private static let note: MHD_KeyValueIterator = { context, _, name, value in
        guard let context, let name else { return MHD_Result.NO }
        context.assumingMemoryBound(to: Framing.self).pointee.note(name, value)
        return MHD_Result.YES
    }

    private static func fields(_ iterate: (UnsafeMutableRawPointer) -> Void) -> FieldList {
        var list = FieldList()
        withUnsafeMutablePointer(to: &list) { iterate($0) }
        return list
    }

    private static let collect: MHD_KeyValueIterator = { context, _, name, value in
        guard let context, let name else { return MHD_Result.NO }
        let list = context.assumingMemoryBound(to: FieldList.self)
        list.pointee.append(String(cString: name), value.map { String(cString: $0) } ?? "")
        return MHD_Result.YES
    }
}
