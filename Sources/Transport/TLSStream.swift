import COpenSSL
import OpenSSL

#if canImport(Glibc)
    import Glibc
#endif

/// TLS over a socket. OpenSSL never touches the socket itself: it takes and gives bytes in memory, so that every wait
/// is ours and has a deadline.
final class TLSStream: ByteStream {
    private let socket: Socket
    private let handle: Handle<TLSKind>
    private static let blockSize = 16 * 1024

    /// Shakes hands and verifies that the certificate is for `serverName`, a DNS name or an IP address.
    init(
        over socket: Socket, context: TLSContext, serverName: String, deadline: Deadline
    ) throws(TransportError) {
        self.socket = socket
        do throws(OpenSSLError) {
            handle = try context.handle.with { (context) throws(OpenSSLError) in
                try Handle(takingOwnershipOf: SSL_new(context), from: "SSL_new")
            }
            try Self.attachMemory(to: handle.pointer)
            try Self.demand(serverName, of: handle.pointer)
        } catch {
            throw .tls(error)
        }
        SSL_set_connect_state(handle.pointer)
        try shakeHands(deadline: deadline)
    }

    /// Says goodbye where that needs no waiting.
    deinit {
        guard SSL_is_init_finished(handle.pointer) == 1, SSL_shutdown(handle.pointer) >= 0 else {
            ERR_clear_error()
            return
        }
        try? flush(deadline: .after(.zero))
    }

    func send(_ bytes: [UInt8], deadline: Deadline) throws(TransportError) {
        guard !bytes.isEmpty else { return }
        _ = try run(.send, deadline: deadline) { ssl in
            SSL_write(ssl, bytes, Int32(clamping: bytes.count))
        }
    }

    func receive(deadline: Deadline) throws(TransportError) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        let count = try run(.receive, deadline: deadline) { ssl in
            SSL_read(ssl, &block, Int32(block.count))
        }
        return Array(block.prefix(Int(count)))
    }

    /// Runs `body` with the connection, which outlives it.
    func withSSL<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try handle.with(body)
    }

    private func shakeHands(deadline: Deadline) throws(TransportError) {
        do throws(TransportError) {
            _ = try run(.handshake, deadline: deadline) { SSL_do_handshake($0) }
        } catch {
            let verdict = SSL_get_verify_result(handle.pointer)
            guard verdict != X509_V_OK, case .tls = error else { throw error }
            let reason = X509_verify_cert_error_string(verdict).map { String(cString: $0) }
            throw .untrusted(reason: reason ?? "unknown")
        }
    }

    /// Repeats a call of OpenSSL, carrying bytes to and from the socket, until it is done: its positive result, or 0
    /// at an orderly end of the stream.
    private func run(
        _ stage: TransportError.Stage, deadline: Deadline, _ call: (OpaquePointer) -> Int32
    ) throws(TransportError) -> Int32 {
        while true {
            ERR_clear_error()
            let result = call(handle.pointer)
            let outcome = result > 0 ? SSL_ERROR_NONE : SSL_get_error(handle.pointer, result)
            // An alert that explains a failure is worth sending even then.
            let failure = outcome == SSL_ERROR_SSL ? OpenSSLError.drain(after: stage.rawValue) : nil
            if let failure {
                try? flush(deadline: deadline)
                throw .tls(failure)
            }
            try flush(deadline: deadline)
            switch outcome {
            case SSL_ERROR_NONE: return result
            case SSL_ERROR_ZERO_RETURN: return 0
            case SSL_ERROR_WANT_READ: try fill(stage, deadline: deadline)
            case SSL_ERROR_WANT_WRITE: continue
            default: throw .closed(bytesReceived: 0)
            }
        }
    }

    /// Carries what OpenSSL has written to the socket.
    private func flush(deadline: Deadline) throws(TransportError) {
        let output = SSL_get_wbio(handle.pointer)
        while BIO_ctrl_pending(output) > 0 {
            var block = [UInt8](repeating: 0, count: BIO_ctrl_pending(output))
            let count = BIO_read(output, &block, Int32(clamping: block.count))
            guard count > 0 else { return }
            try socket.send(Array(block.prefix(Int(count))), deadline: deadline)
        }
    }

    /// Carries what has arrived to OpenSSL. A socket that ends without TLS' own goodbye may have been cut.
    private func fill(_ stage: TransportError.Stage, deadline: Deadline) throws(TransportError) {
        let block: [UInt8]
        do throws(TransportError) {
            block = try socket.receive(deadline: deadline)
        } catch .timedOut {
            throw .timedOut(stage)
        } catch {
            throw error
        }
        guard !block.isEmpty else { throw .closed(bytesReceived: 0) }
        let count = BIO_write(SSL_get_rbio(handle.pointer), block, Int32(block.count))
        guard count == block.count else { throw .tls(OpenSSLError.drain(after: "BIO_write")) }
    }

    private static func attachMemory(to ssl: OpaquePointer) throws(OpenSSLError) {
        let input = BIO_new(BIO_s_mem())
        let output = BIO_new(BIO_s_mem())
        guard let input, let output else {
            BIO_free(input)
            BIO_free(output)
            throw OpenSSLError.drain(after: "BIO_new")
        }
        // Empty means "not yet", never "over".
        shim_bio_end_of_input(input, -1)
        shim_bio_end_of_input(output, -1)
        SSL_set_bio(ssl, input, output)
    }

    /// The name that the certificate must carry; sent along (SNI) where it is a DNS name, as RFC 6066 §3 has it.
    private static func demand(_ serverName: String, of ssl: OpaquePointer) throws(OpenSSLError) {
        let rules = SSL_get0_param(ssl)
        X509_VERIFY_PARAM_set_hostflags(
            rules, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        if X509_VERIFY_PARAM_set1_ip_asc(rules, serverName) == 1 { return }
        ERR_clear_error()
        guard !serverName.isEmpty else { throw OpenSSLError(operation: "X509_VERIFY_PARAM_set1_host") }
        try OpenSSLError.require(
            X509_VERIFY_PARAM_set1_host(rules, serverName, serverName.utf8.count) == 1,
            "X509_VERIFY_PARAM_set1_host")
        try OpenSSLError.require(shim_ssl_set_server_name(ssl, serverName) == 1, "SSL_set_tlsext_host_name")
    }
}
