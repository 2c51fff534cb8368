import COpenSSL
import OpenSSL

/// Which certificates a client trusts.
package enum Trust: Equatable, Sendable {
    /// Those of the system.
    case system
    /// Those in a PEM file, and no others: a server's own or an intermediate one is enough.
    case file(String)
    /// Those in these PEM bytes, and no others.
    case pem([UInt8])
}

/// What the TLS connections of one client have in common: whom it trusts, and who it is itself. Loading the system's
/// authorities takes milliseconds, so share it.
package final class TLSContext: Sendable {
    let handle: Handle<TLSContextKind>

    /// TLS 1.2 or later; the certificate of the other side is always verified.
    ///
    /// `client` is the client's own chain (leaf first) and key in PEM, for servers that ask for one.
    package init(
        trust: Trust, client: (certificatePEM: [UInt8], keyPEM: [UInt8])? = nil
    ) throws(TransportError) {
        do throws(OpenSSLError) {
            let handle = try Handle<TLSContextKind>(
                takingOwnershipOf: SSL_CTX_new(TLS_client_method()), from: "SSL_CTX_new")
            try OpenSSLError.require(shim_ssl_require_tls12(handle.pointer) == 1, "SSL_CTX_set_min_proto_version")
            SSL_CTX_set_verify(handle.pointer, SSL_VERIFY_PEER, nil)
            try Self.load(trust, into: handle.pointer)
            if let client {
                try Self.loadClient(
                    certificatePEM: client.certificatePEM, keyPEM: client.keyPEM, into: handle.pointer)
            }
            self.handle = handle
        } catch {
            throw .badCertificates(error)
        }
    }

    /// For reading what a server shows. Nothing may be sent over such a connection.
    static func forLookingOnly() throws(TransportError) -> TLSContext {
        do throws(OpenSSLError) {
            let handle = try Handle<TLSContextKind>(
                takingOwnershipOf: SSL_CTX_new(TLS_client_method()), from: "SSL_CTX_new")
            SSL_CTX_set_verify(handle.pointer, SSL_VERIFY_NONE, nil)
            // A weak certificate is to be seen, too, which the standard level of security would refuse.
            SSL_CTX_set_security_level(handle.pointer, 0)
            return TLSContext(handle)
        } catch {
            throw .badCertificates(error)
        }
    }

    private init(_ handle: Handle<TLSContextKind>) { self.handle = handle }

    private static func load(_ trust: Trust, into context: OpaquePointer) throws(OpenSSLError) {
        switch trust {
        case .system:
            try OpenSSLError.require(
                SSL_CTX_set_default_verify_paths(context) == 1, "SSL_CTX_set_default_verify_paths")
        case .file(let path):
            try OpenSSLError.require(SSL_CTX_load_verify_file(context, path) == 1, "SSL_CTX_load_verify_file")
            X509_STORE_set_flags(SSL_CTX_get_cert_store(context), UInt(X509_V_FLAG_PARTIAL_CHAIN))
        case .pem(let bytes):
            let anchors = certificates(in: bytes)
            if anchors.isEmpty { throw OpenSSLError(operation: "PEM_read_bio_X509") }
            let store = SSL_CTX_get_cert_store(context)
            for anchor in anchors {
                try OpenSSLError.require(X509_STORE_add_cert(store, anchor.pointer) == 1, "X509_STORE_add_cert")
            }
        }
    }

    private static func loadClient(
        certificatePEM: [UInt8], keyPEM: [UInt8], into context: OpaquePointer
    ) throws(OpenSSLError) {
        let chain = certificates(in: certificatePEM)
        guard let leaf = chain.first else { throw OpenSSLError(operation: "PEM_read_bio_X509") }
        try OpenSSLError.require(SSL_CTX_use_certificate(context, leaf.pointer) == 1, "SSL_CTX_use_certificate")
        for certificate in chain.dropFirst() {
            try OpenSSLError.require(
                shim_ssl_add_chain_certificate(context, certificate.pointer) == 1, "SSL_CTX_add1_chain_cert")
        }
        let read = MemoryBIO.reading(keyPEM) { bio in
            PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil)
        }
        let key = try PrivateKeyHandle(takingOwnershipOf: read ?? nil, from: "PEM_read_bio_PrivateKey")
        try OpenSSLError.require(SSL_CTX_use_PrivateKey(context, key.pointer) == 1, "SSL_CTX_use_PrivateKey")
        try OpenSSLError.require(SSL_CTX_check_private_key(context) == 1, "SSL_CTX_check_private_key")
    }

    private static func certificates(in bytes: [UInt8]) -> [CertificateHandle] {
        let read = MemoryBIO.reading(bytes) { bio in
            var certificates: [CertificateHandle] = []
            while let next = try? CertificateHandle(
                takingOwnershipOf: PEM_read_bio_X509(bio, nil, { _, _, _, _ in -1 }, nil),
                from: "PEM_read_bio_X509")
            {
                certificates.append(next)
            }
            return certificates
        }
        return read ?? []
    }
}
