package import OpenSSL

/// Why a connection could not be made or used.
package enum TransportError: Error, Equatable, Sendable {
    /// What was being done when the deadline passed.
    package enum Stage: String, Sendable { case connect, handshake, send, receive }

    /// Neither `http://` nor `https://`, or nothing that such an address may look like.
    case badURL(String)
    /// A header, method or target that would end its line early, or be read as another.
    case badRequest(String)
    /// The name has no address; the text is the resolver's.
    case unresolvable(host: String, reason: String)
    /// No address of the endpoint took the connection: the errno of the last one, such as ECONNREFUSED.
    case unreachable(errno: Int32)
    case timedOut(Stage)
    /// The other side closed or reset the connection; `bytesReceived` counts those of the reply that was awaited.
    case closed(bytesReceived: Int)
    /// The certificate of the other side is not one to trust, or is for another name; the text is OpenSSL's.
    case untrusted(reason: String)
    /// TLS failed for another reason.
    case tls(OpenSSLError)
    /// The certificates to trust, or the client's own pair, cannot be read.
    case badCertificates(OpenSSLError)
    /// The reply is not HTTP/1.1 as RFC 9112 has it.
    case malformedReply(HTTPReplyFault)
    /// A system call failed in a way of its own.
    case system(call: String, errno: Int32)
}
