import CMicroHTTPD

extension HTTPServer {
    /// Called by libmicrohttpd with the headers, then with each piece of the body, and once more when the request is
    /// whole or its connection was resumed. The reply is queued on the second call at the earliest: a reply to the first
    /// one costs the client its connection.
    static let handler: MHD_AccessHandlerCallback = { context, connection, url, method, _, data, size, state in
        guard let context, let connection, let url, let method, let size, let state else { return MHD_Result.NO }
        let server = Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue()
        guard let request = state.pointee else {
            state.pointee = server.begin(connection, url, method)
            return MHD_Result.YES
        }
        if let tag = RequestTag(request) { return server.answer(tag, connection) }
        let exchange = Unmanaged<Exchange>.fromOpaque(request).takeUnretainedValue()
        guard size.pointee == 0 else {
            let piece = UnsafeRawBufferPointer(start: data, count: size.pointee)
            size.pointee = 0
            progress(of: connection)?.received(piece.count)
            return exchange.receive(piece, within: server.application.requestLimit)
                ? MHD_Result.YES : MHD_Result.NO
        }
        return server.proceed(exchange, connection, url)
    }

    /// Called once for each request that the handler saw, after its reply or when its connection broke.
    static let completed: MHD_RequestCompletedCallback = { context, connection, state, _ in
        guard let context, let request = state?.pointee else { return }
        state?.pointee = nil
        if let connection { progress(of: connection)?.enter(.idle) }
        if RequestTag(request) == nil { Unmanaged<Exchange>.fromOpaque(request).release() }
        Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue().application.metrics.ended()
    }

    /// Called once when a connection comes, and once before it is closed.
    static let connected: MHD_NotifyConnectionCallback = { context, connection, place, event in
        guard let context, let connection, let place else { return }
        let watch = Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue().watch
        if cmicrohttpd_has_begun(event) {
            let progress = ConnectionProgress(
                descriptor: cmicrohttpd_descriptor(connection), at: MonotonicClock.nanoseconds())
            place.pointee = Unmanaged.passRetained(progress).toOpaque()
            watch.opened(progress)
        } else if let known = place.pointee {
            place.pointee = nil
            watch.closes(Unmanaged<ConnectionProgress>.fromOpaque(known).takeRetainedValue())
        }
    }

    private static func progress(of connection: OpaquePointer) -> ConnectionProgress? {
        cmicrohttpd_socket_context(connection).map {
            Unmanaged<ConnectionProgress>.fromOpaque($0).takeUnretainedValue()
        }
    }

    private func begin(
        _ connection: OpaquePointer, _ url: UnsafePointer<CChar>, _ name: UnsafePointer<CChar>
    ) -> UnsafeMutableRawPointer? {
        application.metrics.began()
        let route = Route(path: url)
        let method = Method(name)
        let now = MonotonicClock.nanoseconds()
        let framing = Self.framing(connection)
        let progress = Self.progress(of: connection)
        progress?.enter(.working, at: now)
        if HealthReplies.has(route), method.isRead, framing == Framing() {
            return RequestTag(route: route, method: method, startedAt: now).pointer
        }
        let exchange = Exchange(
            route: route, method: method, requestID: Self.requestID(connection),
            trace: Self.trace(connection), startedAt: now, framing: framing)
        if exchange.hasBody {
            cmicrohttpd_set_timeout(connection, Limits.bodyTimeout)
            progress?.enter(.sendingBody, at: now)
        }
        return Unmanaged.passRetained(exchange).toOpaque()
    }

    /// The quick way: a prepared reply, nothing allocated.
    private func answer(_ tag: RequestTag, _ connection: OpaquePointer) -> MHD_Result {
        guard let reply = application.live.current.prepared.reply(tag.route, application.state.phase) else {
            return MHD_Result.NO
        }
        Self.progress(of: connection)?.enter(.takingReply)
        let requestID = Self.header(connection, RequestID.fieldName)
            .flatMap { RequestID.isValid(Self.bytes(of: $0)) ? $0 : nil }
        application.answered(
            tag.route, tag.method, reply.status, startedAt: tag.startedAt,
            naming: {
                [("request_id", .text(requestID.map { String(cString: $0) } ?? ""))]
            })
        guard let requestID else { return reply.queue(on: connection) }
        return reply.queue(on: connection, requestID: requestID)
    }

    private func proceed(
        _ exchange: Exchange, _ connection: OpaquePointer, _ url: UnsafePointer<CChar>
    ) -> MHD_Result {
        if let reply = exchange.reply { return send(reply, exchange, connection) }
        if exchange.hasBody {
            cmicrohttpd_set_timeout(connection, Limits.idleTimeout)
            Self.progress(of: connection)?.enter(.working)
        }
        switch outcome(exchange, connection, url) {
        case .now(let reply): return send(reply, exchange, connection)
        case .later(let work):
            guard let bulkhead = application.workers[Lane(exchange.route, exchange.method)], bulkhead.reserve()
            else {
                return send(Application.overloaded.reply(requestID: exchange.requestID), exchange, connection)
            }
            hand(exchange, SuspendedConnection(connection), to: bulkhead, work)
            return MHD_Result.YES
        }
    }

    /// Its time in the queue counts from here on, and not from the headers: whose body came slowly has waited for nobody but
    /// itself.
    private func hand(
        _ exchange: Exchange, _ connection: SuspendedConnection, to bulkhead: Bulkhead,
        _ work: @escaping @Sendable () -> Reply
    ) {
        let answer = { @Sendable (reply: Reply) in
            exchange.reply = reply
            connection.resume()
        }
        bulkhead.submit(
            Bulkhead.Job(
                run: { answer(work()) },
                refuse: { answer(Application.overloaded.reply(requestID: exchange.requestID)) }))
    }

    private func send(_ reply: Reply, _ exchange: Exchange, _ connection: OpaquePointer) -> MHD_Result {
        Self.progress(of: connection)?.enter(.takingReply)
        let origin = Self.header(connection, "Origin").map { String(cString: $0) }
        let reply = application.crossOrigin.adding(to: reply, for: origin)
        application.answered(
            exchange.route, exchange.method, reply.status, startedAt: exchange.startedAt,
            naming: { [("request_id", .text(exchange.requestID))] + exchange.trace.fields })
        // What follows a body whose length was not understood is not a request.
        let isUnclear = exchange.framing.isAmbiguous || exchange.framing.isChunked
        return reply.queue(
            on: connection, requestID: exchange.requestID, closing: isUnclear || application.state.isDraining)
    }
}

/// A connection that its server leaves alone until a worker gives it back.
private struct SuspendedConnection: @unchecked Sendable {
    // Unchecked: MHD_resume_connection may be called from any thread, once.
    private let connection: OpaquePointer

    init(_ connection: OpaquePointer) {
        self.connection = connection
        MHD_suspend_connection(connection)
    }

    func resume() { MHD_resume_connection(connection) }
}
