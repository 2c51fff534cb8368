import CMicroHTTPD
import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// libmicrohttpd with carenotes' limits: epoll, a few threads, and connections that sleep while a worker waits.
final class HTTPServer: @unchecked Sendable {
    // Unchecked: `daemon` and `isListening` belong to the thread that starts and stops the server; the rest is constant
    // and safe to share. libmicrohttpd's threads reach this object by `context`, which ends before it does.
    let application: Application
    let port: UInt16
    private var daemon: OpaquePointer?
    private var isListening = true

    let limits: Limits
    let watch: ConnectionWatch

    struct Limits: Sendable {
        /// Clients at once; nginx keeps some hundred connections open. Who comes above that waits for one to leave.
        var connections: UInt32 = 2048
        /// How fast each must be.
        var progress = ProgressRules()
        /// Bytes of one connection's request line and headers, as read, parsed and answered.
        static let connectionMemory = 24 * 1024
        /// Bytes of the request line and headers.
        static let headers = 16 * 1024
        /// Seconds of silence; longer than nginx keeps an idle connection (60 s), so that it is the one to close.
        static let idleTimeout: UInt32 = 75
        /// Seconds of silence within a body.
        static let bodyTimeout: UInt32 = 10
    }

    /// Takes over the listening socket and the watch, and serves from then on.
    init(
        socket: Int32, application: Application, watch: ConnectionWatch, limits: Limits
    ) throws(ServeFailure) {
        self.application = application
        self.limits = limits
        self.watch = watch
        port = ListeningSocket.port(of: socket)
        let threads = UInt32(max(2, min(4, csystem_processor_count())))
        daemon = cmicrohttpd_start(
            socket, threads, limits.connections, Limits.connectionMemory, Limits.idleTimeout, Self.handler,
            Self.completed, Self.connected, Unmanaged.passUnretained(self).toOpaque())
        guard daemon != nil else {
            let code = errno
            close(socket)
            watch.stop()
            throw .cannotListen(address: "the socket", port: port, errno: code)
        }
    }

    /// Takes no new connections any more; those that are open go on.
    func quiesce() {
        guard let daemon, isListening else { return }
        isListening = false
        let socket = MHD_quiesce_daemon(daemon)
        if socket >= 0 { close(socket) }
    }

    /// Closes every connection and ends the server's threads. No request may be with a worker any more.
    func stop() {
        quiesce()
        if let daemon { MHD_stop_daemon(daemon) }
        daemon = nil
        watch.stop()
    }

    deinit { stop() }
}
