import COpenSSL

/// A type of C object that OpenSSL hands out and takes back.
package protocol HandleKind {
    static func free(_ pointer: OpaquePointer)
}

/// The one owner of one C object of OpenSSL, which it frees when it goes.
///
/// It has this one field only: Swift does not run `deinit` for an object whose initialiser throws half-way.
package final class Handle<Kind: HandleKind> {
    /// Valid for as long as the handle lives: keep the handle across the call with `withExtendedLifetime`, or as a
    /// stored property, where the last use of `pointer` is not the last use of the handle.
    package let pointer: OpaquePointer

    /// Takes over what `operation` returned; throws the error queue when that is nothing.
    package init(takingOwnershipOf pointer: OpaquePointer?, from operation: String) throws(OpenSSLError) {
        guard let pointer else { throw OpenSSLError.drain(after: operation) }
        self.pointer = pointer
    }

    deinit { Kind.free(pointer) }

    /// Runs `body` with the C object, which outlives it.
    package func with<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }
}

// OpenSSL's objects may go from thread to thread; a handle that two threads use at once is only ever read.
extension Handle: @unchecked Sendable {}

package enum PrivateKeyKind: HandleKind {
    package static func free(_ pointer: OpaquePointer) { EVP_PKEY_free(pointer) }
}
package enum CertificateKind: HandleKind {
    package static func free(_ pointer: OpaquePointer) { X509_free(pointer) }
}
package enum BIOKind: HandleKind {
    package static func free(_ pointer: OpaquePointer) { BIO_free_all(pointer) }
}
package enum CipherContextKind: HandleKind {
    package static func free(_ pointer: OpaquePointer) { EVP_CIPHER_CTX_free(pointer) }
}
package enum TLSContextKind: HandleKind {
    package static func free(_ pointer: OpaquePointer) { SSL_CTX_free(pointer) }
}
package enum TLSKind: HandleKind {
    package static func free(_ pointer: OpaquePointer) { SSL_free(pointer) }
}

package typealias PrivateKeyHandle = Handle<PrivateKeyKind>
package typealias CertificateHandle = Handle<CertificateKind>
