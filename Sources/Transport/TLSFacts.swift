import COpenSSL
import OpenSSL

/// What two sides agreed on, and what the server showed.
package struct TLSFacts: Equatable, Sendable {
    /// Such as `TLS 1.3`.
    package var version: String
    /// As the server sent it, leaf first.
    package var chainPEM: [UInt8]
}

extension TLSStream {
    func facts() throws(TransportError) -> TLSFacts {
        let version = withSSL { ssl in SSL_get_version(ssl).map { String(cString: $0) } } ?? "TLS"
        do throws(OpenSSLError) {
            return TLSFacts(
                version: version.replacing("TLSv", with: "TLS "), chainPEM: try peerChainPEM())
        } catch {
            throw .tls(error)
        }
    }
}
