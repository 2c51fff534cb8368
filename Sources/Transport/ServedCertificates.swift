import COpenSSL
import OpenSSL

/// The certificates that a server shows, whatever they are worth: to be judged, not to be trusted.
package enum ServedCertificates {
    /// Connects, shakes hands without verifying anything, and hangs up.
    ///
    /// - Returns: The chain in PEM, as the server sent it.
    /// - Throws: TransportError where nothing answers or no TLS comes about.
    package static func read(
        from endpoint: Endpoint, serverName: String, timeout: Duration
    ) throws(TransportError) -> [UInt8] {
        try facts(of: endpoint, serverName: serverName, timeout: timeout).chainPEM
    }

    /// The same, with the version of TLS.
    package static func facts(
        of endpoint: Endpoint, serverName: String, timeout: Duration
    ) throws(TransportError) -> TLSFacts {
        let deadline = Deadline.after(timeout)
        let socket = try Socket.connect(to: endpoint, deadline: deadline)
        let stream = try TLSStream(
            over: socket, context: try TLSContext.forLookingOnly(), serverName: serverName, deadline: deadline)
        return try stream.facts()
    }
}

extension TLSStream {
    func peerChainPEM() throws(OpenSSLError) -> [UInt8] {
        try withSSL { (ssl) throws(OpenSSLError) in
            guard let chain = SSL_get_peer_cert_chain(ssl) else {
                throw OpenSSLError(operation: "SSL_get_peer_cert_chain")
            }
            return try MemoryBIO.written { (bio) throws(OpenSSLError) in
                for index in 0..<shim_x509_stack_count(chain) {
                    let isWritten = PEM_write_bio_X509(bio, shim_x509_stack_value(chain, index)) == 1
                    try OpenSSLError.require(isWritten, "PEM_write_bio_X509")
                }
            }
        }
    }
}
